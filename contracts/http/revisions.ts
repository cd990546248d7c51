import { Type, type Static } from '@sinclair/typebox';
import { Timestamp, Uuid } from '../primitives.ts';
import { Price } from './studio.ts';

/** One thing in which the draft differs from what readers see. */
export const DraftChange = Type.Object({
  subject: Type.Union([Type.Literal('course'), Type.Literal('module'), Type.Literal('lesson')]),
  change: Type.Union([Type.Literal('added'), Type.Literal('removed'), Type.Literal('changed')]),
  id: Uuid,
  title: Type.String(),
  previousTitle: Type.Optional(Type.String({ description: 'Where the title changed' })),
  fields: Type.Array(Type.String(), { description: 'What changed: names of fields, and `place` in the outline' }),
});
export type DraftChange = Static<typeof DraftChange>;

export const DraftChanges = Type.Object(
  {
    version: Type.Integer({ description: 'The draft that was compared' }),
    revision: Type.Union([Type.Integer(), Type.Null()], { description: 'What it was compared with' }),
    liveRevision: Type.Union([Type.Integer(), Type.Null()], { description: 'null: nothing is live, so all is new' }),
    items: Type.Array(DraftChange),
  },
  { $id: 'DraftChanges' },
);
export type DraftChanges = Static<typeof DraftChanges>;

export const RevisionList = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        revision: Type.Integer(),
        publishedAt: Timestamp,
        publishedBy: Type.String(),
        live: Type.Boolean(),
      }),
    ),
    nextCursor: Type.Null(),
  },
  { $id: 'RevisionList' },
);

/** What one revision holds, without its texts. */
export const RevisionSummary = Type.Object(
  {
    revision: Type.Integer(),
    publishedAt: Timestamp,
    publishedBy: Type.String(),
    live: Type.Boolean(),
    title: Type.String(),
    price: Price,
    moduleCount: Type.Integer(),
    lessonCount: Type.Integer(),
    durationMinutes: Type.Integer(),
  },
  { $id: 'RevisionSummary' },
);
export type RevisionSummary = Static<typeof RevisionSummary>;

/** In what a revision differs from another. */
export const RevisionDiff = Type.Object(
  {
    revision: Type.Integer(),
    against: Type.Union([Type.Integer(), Type.Null()], { description: 'null: there was none before it' }),
    items: Type.Array(DraftChange),
  },
  { $id: 'RevisionDiff' },
);
export type RevisionDiff = Static<typeof RevisionDiff>;
