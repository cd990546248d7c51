import type { Blocker, WhyAnswer, WhyStep } from '@eduplatform/contracts/http/indexer';
import type { EventFacts, SinkFacts, WhyFacts } from './facts.ts';

type StepState = WhyStep['state'];

/** From the draft to the reader: each step with its time, and whatever keeps a change from going on. Pure. */
export function diagnose(facts: WhyFacts): WhyAnswer {
  const { draft, lesson, event } = facts;
  const blockers = [...ofDraft(facts), ...ofEvent(facts), ...facts.sinks.flatMap((sink) => ofSink(sink, event))];
  const cache = ofReadApi(facts);
  const steps: WhyStep[] = [
    { step: 'draft', at: draft.updatedAt.toISOString(), state: stateOf(blockers, 'draft') },
    {
      step: 'outbox',
      at: event?.occurredAt.toISOString() ?? null,
      state: event ? stateOf(blockers, 'outbox') : 'waiting',
    },
    ...facts.sinks.map((sink): WhyStep => {
      const isDone = hasPassed(sink, event) && stateOf(blockers, sink.name) === 'done';
      const isBlocked = stateOf(blockers, sink.name) === 'blocked';
      return { step: sink.name, at: sink.positionAt, state: isBlocked ? 'blocked' : isDone ? 'done' : 'waiting' };
    }),
    cache.step,
  ];
  return {
    courseId: draft.id,
    slug: draft.slug,
    lessonId: lesson?.id ?? null,
    position: event?.position ?? null,
    isLive: blockers.length === 0 && cache.blockers.length === 0 && cache.step.state !== 'waiting',
    steps,
    blockers: [...blockers, ...cache.blockers],
  };
}

const stateOf = (blockers: Blocker[], step: string): StepState =>
  blockers.some((blocker) => blocker.step === step) ? 'blocked' : 'done';

function ofDraft({ draft, lesson }: WhyFacts): Blocker[] {
  const at = 'draft';
  if (draft.liveRevision === null) {
    if (draft.isOwnerSuspended) return [blocker(at, 'owner_suspended', 'the account of its teacher is suspended')];
    if (!draft.mayPublish) return [blocker(at, 'not_verified', 'its teacher is not verified, and may not publish yet')];
    const text = draft.publishedVersion === null ? 'it was never published' : 'it is not published any more';
    return [blocker(at, 'not_published', text)];
  }
  const found: Blocker[] = [];
  if (lesson && !lesson.isLive) {
    found.push(blocker(at, 'lesson_not_published', 'the lesson is in the draft, and not in the published revision'));
  } else if (draft.version !== draft.publishedVersion) {
    found.push(blocker(at, 'changes_not_published', 'the draft was changed after it was published'));
  }
  if (draft.archivedAt) {
    const text = 'it is in the archive: neither the catalog nor search shows it';
    found.push(blocker(at, 'archived', text, draft.archivedAt));
  }
  return found;
}

function ofEvent({ event, holder }: WhyFacts): Blocker[] {
  if (!event || event.isSettled) return [];
  const who = holder
    ? `${holder.application || 'a program without a name'} (process ${holder.pid}, database ${holder.database}, ` +
      `${holder.state}, for ${holder.seconds.toFixed(1)} s)`
    : 'nobody that is still there';
  return [blocker('outbox', 'horizon', `an older transaction has not ended; it is held by ${who}`, event.occurredAt)];
}

function ofSink(sink: SinkFacts, event: EventFacts | null): Blocker[] {
  const { name } = sink;
  const found = sink.deadLetters.map(({ key, reason, at, isReplayRequested }) =>
    blocker(
      name,
      'dead_letter',
      `${key} was refused${isReplayRequested ? ' and is being replayed' : ''}: ${reason}`,
      at,
    ),
  );
  const isPassed = hasPassed(sink, event);
  if (sink.isPaused && !isPassed) {
    found.push(blocker(name, 'sink_paused', 'an operator has paused it', sink.pausedAt));
  } else if (sink.needsRebuild !== null) {
    found.push(blocker(name, 'needs_rebuild', `it has to be rebuilt: ${sink.needsRebuild}`));
  } else if (!sink.isReady) {
    found.push(blocker(name, 'sink_building', 'it is being built'));
  } else if (!isPassed && event?.isSettled) {
    found.push(...ofLateSink(sink, event));
  }
  // What was refused differs, of course.
  const refused = new Set(sink.deadLetters.map(({ key }) => key));
  const damaged = isPassed ? (sink.differing ?? []).filter(({ key }) => !refused.has(key)) : [];
  for (const { key, difference } of damaged) {
    found.push(blocker(name, 'drift', `${key} is ${difference}, although it was passed: verify with repair`));
  }
  return found;
}

/** The event may be read, and readers are not told of it yet. */
function ofLateSink({ name, error, job, queue }: SinkFacts, { occurredAt }: EventFacts): Blocker[] {
  if (error !== null) return [blocker(name, 'sink_failing', `it fails: ${error}`, occurredAt)];
  if (queue !== null && queue > 0) {
    return [blocker(name, 'engine_queue', `${queue} tasks wait or run in the search engine`, occurredAt)];
  }
  const meanwhile = job ? `; meanwhile: ${job.kind}, ${job.phase}` : '';
  return [blocker(name, 'sink_behind', `it has not come that far${meanwhile}`, occurredAt)];
}

/** Without an event there is nothing that it would have to pass: retention has dropped it, or it was seeded. */
const hasPassed = ({ position }: SinkFacts, event: EventFacts | null): boolean =>
  position !== null && (event === null || position >= event.position);

function ofReadApi({ readApi, event, sinks }: WhyFacts): { step: WhyStep; blockers: Blocker[] } {
  const step = 'readApi';
  if (readApi === null) {
    const away = blocker(step, 'read_api_away', 'the read API does not answer, so what it holds is not known');
    return { step: { step, at: null, state: 'blocked' }, blockers: [away] };
  }
  if (!event) return { step: { step, at: null, state: 'done' }, blockers: [] };
  const late = readApi.filter(({ passed }) => !passed).map(({ name }) => name);
  const times = readApi.flatMap(({ at }) => (at === null ? [] : [at])).toSorted();
  if (late.length === 0) return { step: { step, at: times.at(-1) ?? null, state: 'done' }, blockers: [] };
  const isBehindAlone = late.filter((name) => sinks.some((sink) => sink.name === name && hasPassed(sink, event)));
  const blockers = isBehindAlone.map((name) =>
    blocker(step, 'cache_behind', `the read API has not heard yet that ${name} has passed it`),
  );
  return { step: { step, at: null, state: blockers.length > 0 ? 'blocked' : 'waiting' }, blockers };
}

const blocker = (step: string, code: Blocker['code'], detail: string, since: Date | null = null): Blocker => ({
  step,
  code,
  detail,
  since: since?.toISOString() ?? null,
});
