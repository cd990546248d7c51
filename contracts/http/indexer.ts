import { Type, type Static } from '@sinclair/typebox';
import { Position } from '../positions.ts';
import { Timestamp, Uuid } from '../primitives.ts';

/** Bodies and answers of the indexer's admin API. */

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const pageOf = <T extends Parameters<typeof Type.Array>[0]>(item: T, $id: string) =>
  Type.Object({ items: Type.Array(item), nextCursor: nullable(Type.String()) }, { $id });

export const SinkNameText = Type.String({
  pattern: '^(redis|search(-[0-9]+)?)$',
  maxLength: 20,
  description: 'redis, search, and with several search servers search-2 …',
});

const Drift = Type.Object({
  drift: Type.Integer({ description: 'Documents and list members that differed' }),
  mended: Type.Integer(),
  at: Timestamp,
  jobId: Uuid,
});

export const IndexerSink = Type.Object(
  {
    name: Type.String(),
    state: Type.String({ description: 'waiting, opening, building, live, behind, paused or failing' }),
    generation: Type.Integer(),
    previousGeneration: nullable(Type.Integer({ description: 'What a rollback goes back to' })),
    nextGeneration: nullable(Type.Integer({ description: 'What is being built beside it' })),
    isPaused: Type.Boolean({ description: 'An operator wants it to stand still' }),
    pausedAt: nullable(Timestamp),
    needsRebuild: nullable(Type.String({ description: 'Why' })),
    position: nullable(Position),
    watermarkAt: nullable(Type.String({ format: 'date-time' })),
    lag: nullable(
      Type.Object({
        rows: Type.Integer({ description: 'Outbox rows not yet applied; counting stops at 100,000' }),
        seconds: Type.Number({ description: 'Age of the oldest of them' }),
      }),
    ),
    tasksOutstanding: nullable(
      Type.Integer({ description: 'Tasks waiting or running in the search engine; null: it has none, or is away' }),
    ),
    deadLetters: nullable(Type.Integer()),
    lastVerify: nullable(Drift),
    build: nullable(
      Type.Object({
        done: Type.Integer({ description: 'Of the courses, people … of which documents are made' }),
        total: Type.Integer(),
        documents: Type.Integer({ description: 'Written in this build' }),
      }),
    ),
    lastError: nullable(Type.Object({ message: Type.String(), at: Type.String({ format: 'date-time' }) })),
  },
  { $id: 'IndexerSink' },
);
export type IndexerSink = Static<typeof IndexerSink>;

export const HorizonHolder = Type.Object(
  {
    pid: Type.Integer(),
    database: Type.String(),
    application: Type.String(),
    state: Type.String(),
    seconds: Type.Number({ description: 'Since its transaction began' }),
  },
  { $id: 'HorizonHolder' },
);

export const IndexerStatus = Type.Object(
  {
    epoch: nullable(Type.Integer()),
    isLeader: Type.Boolean({ description: 'Only the leader knows where the sinks stand' }),
    databaseError: nullable(Type.String({ description: 'Why what Postgres knows is null' })),
    horizonHolder: nullable(HorizonHolder),
    sinks: Type.Array(IndexerSink),
  },
  { $id: 'IndexerStatus' },
);
export type IndexerStatus = Static<typeof IndexerStatus>;

export const LagHistory = Type.Object(
  {
    sink: Type.String(),
    points: Type.Array(Type.Object({ at: Timestamp, rows: Type.Integer(), seconds: Type.Number() })),
  },
  { $id: 'LagHistory' },
);
export type LagHistory = Static<typeof LagHistory>;

export const SinkSwitch = Type.Object({ sink: Type.String(), isPaused: Type.Boolean() }, { $id: 'SinkSwitch' });

const deadLetterFields = {
  id: Uuid,
  sink: Type.String(),
  key: Type.String({ description: 'Of the document within its sink' }),
  sourceKind: Type.String(),
  sourceKey: Type.String(),
  version: Type.String(),
  reason: Type.String(),
  attempts: Type.Integer(),
  firstFailedAt: Timestamp,
  lastFailedAt: Timestamp,
  replayRequestedAt: nullable(Timestamp),
};
export const DeadLetter = Type.Object(deadLetterFields, { $id: 'DeadLetter' });
export type DeadLetter = Static<typeof DeadLetter>;
export const DeadLetterList = pageOf(DeadLetter, 'DeadLetterList');
export type DeadLetterList = Static<typeof DeadLetterList>;
export const DeadLetterDetails = Type.Object(
  {
    ...deadLetterFields,
    document: nullable(Type.String({ description: 'As it stands now, JSON text; null: it would be deleted' })),
  },
  { $id: 'DeadLetterDetails' },
);
export type DeadLetterDetails = Static<typeof DeadLetterDetails>;
export const ReplayResult = Type.Object({ requested: Type.Integer() }, { $id: 'ReplayResult' });

const JobKind = Type.Union([Type.Literal('reindex'), Type.Literal('rollback'), Type.Literal('verify')]);
export const IndexerJobBody = Type.Object(
  {
    kind: JobKind,
    sink: SinkNameText,
    params: Type.Optional(
      Type.Object(
        { repair: Type.Optional(Type.Boolean({ description: 'verify: what differs is written again' })) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false, $id: 'IndexerJobBody' },
);
const AnyObject = Type.Record(Type.String(), Type.Unknown());
export const IndexerJob = Type.Object(
  {
    id: Uuid,
    kind: JobKind,
    sink: Type.String(),
    params: AnyObject,
    state: Type.Union(
      (['requested', 'running', 'succeeded', 'failed', 'canceled'] as const).map((state) => Type.Literal(state)),
    ),
    isCancelRequested: Type.Boolean(),
    progress: Type.Record(Type.String(), Type.Unknown(), {
      description: '{ phase, done, total, … }; empty before the first step',
    }),
    result: nullable(AnyObject),
    error: nullable(Type.String()),
    requestedBy: nullable(Uuid),
    createdAt: Timestamp,
    startedAt: nullable(Timestamp),
    finishedAt: nullable(Timestamp),
  },
  { $id: 'IndexerJob' },
);
export type IndexerJob = Static<typeof IndexerJob>;
export const IndexerJobList = pageOf(IndexerJob, 'IndexerJobList');
export type IndexerJobList = Static<typeof IndexerJobList>;

const BLOCKERS = [
  ...['owner_suspended', 'not_verified', 'not_published', 'lesson_not_published', 'changes_not_published', 'archived'],
  ...['horizon', 'sink_paused', 'needs_rebuild', 'sink_building', 'sink_failing', 'engine_queue', 'sink_behind'],
  ...['dead_letter', 'drift', 'read_api_away', 'cache_behind'],
] as const;
const Blocker = Type.Object({
  step: Type.String({ description: 'Where it is held up' }),
  code: Type.String({ enum: [...BLOCKERS] }),
  detail: Type.String(),
  since: nullable(Timestamp),
});
export type Blocker = Static<typeof Blocker>;
const WhyStep = Type.Object({
  step: Type.String({ description: 'draft, outbox, each read model by its name, readApi' }),
  at: nullable(Timestamp),
  state: Type.Union([Type.Literal('done'), Type.Literal('waiting'), Type.Literal('blocked')]),
});
export type WhyStep = Static<typeof WhyStep>;
export const WhyAnswer = Type.Object(
  {
    courseId: Uuid,
    slug: Type.String(),
    lessonId: nullable(Uuid),
    position: nullable(Position),
    isLive: Type.Boolean({ description: 'Readers see it as its teacher has it' }),
    steps: Type.Array(WhyStep),
    blockers: Type.Array(Blocker),
  },
  { $id: 'WhyAnswer' },
);
export type WhyAnswer = Static<typeof WhyAnswer>;
