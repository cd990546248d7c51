import { expect, test } from 'vitest';
import { diagnose } from './diagnose.ts';
import type { SinkFacts, WhyFacts } from './facts.ts';

const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 0, minute));
const position = (n: number): string => `0000000001-${String(n).padStart(20, '0')}-0000000000000000000`;

const draft: WhyFacts['draft'] = {
  ...{ id: 'course', slug: 'a-course', ownerId: 'teacher', version: 4, publishedVersion: 4, liveRevision: 2 },
  ...{ updatedAt: at(1), publishedAt: at(2), archivedAt: null, mayPublish: true, isOwnerSuspended: false },
};
const sink = (name: string, changes: Partial<SinkFacts> = {}): SinkFacts => ({
  ...{ name, position: position(9), positionAt: at(5).toISOString(), isReady: true, isPaused: false, pausedAt: null },
  ...{ needsRebuild: null, job: null, error: null, deadLetters: [], queue: null, differing: [] },
  ...changes,
});
const event = { type: 'course.published', position: position(7), occurredAt: at(2), isSettled: true };
const seen = (name: string, passed = true) => ({ name, passed, at: passed ? at(6).toISOString() : null });
const world = (changes: Partial<WhyFacts> = {}): WhyFacts => ({
  ...{ draft, lesson: null, event, holder: null, sinks: [sink('redis'), sink('search')] },
  readApi: [seen('redis'), seen('search')],
  ...changes,
});
const BEHIND = { position: position(6) };
const withSearch = (changes: Partial<SinkFacts>): WhyFacts =>
  world({
    sinks: [sink('redis'), sink('search', changes)],
    readApi: [seen('redis'), seen('search', changes.position !== position(6))],
  });
const holder = { pid: 7, database: 'edu', application: 'a backup', state: 'idle in transaction', seconds: 61 };

test('what nothing holds up is live, and every step has its time', () => {
  expect(diagnose(world())).toMatchObject({
    isLive: true,
    blockers: [],
    steps: [
      { step: 'draft', at: at(1).toISOString(), state: 'done' },
      { step: 'outbox', at: at(2).toISOString(), state: 'done' },
      { step: 'redis', at: at(5).toISOString(), state: 'done' },
      { step: 'search', at: at(5).toISOString(), state: 'done' },
      { step: 'readApi', at: at(6).toISOString(), state: 'done' },
    ],
  });
});

const refused = { key: 'courses:course', reason: 'too deep', at: at(3), isReplayRequested: false };

test.each<[code: string, step: string, facts: WhyFacts]>([
  ['not_published', 'draft', world({ draft: { ...draft, liveRevision: null } })],
  ['not_verified', 'draft', world({ draft: { ...draft, liveRevision: null, mayPublish: false } })],
  ['owner_suspended', 'draft', world({ draft: { ...draft, liveRevision: null, isOwnerSuspended: true } })],
  ['changes_not_published', 'draft', world({ draft: { ...draft, version: 5 } })],
  ['lesson_not_published', 'draft', world({ lesson: { id: 'lesson', isInDraft: true, isLive: false } })],
  ['archived', 'draft', world({ draft: { ...draft, archivedAt: at(3) } })],
  ['horizon', 'outbox', { ...withSearch(BEHIND), event: { ...event, isSettled: false }, holder }],
  ['sink_paused', 'search', withSearch({ ...BEHIND, isPaused: true, pausedAt: at(1) })],
  ['needs_rebuild', 'search', withSearch({ ...BEHIND, needsRebuild: 'left behind' })],
  ['sink_building', 'search', withSearch({ ...BEHIND, isReady: false })],
  ['sink_failing', 'search', withSearch({ ...BEHIND, error: 'connection refused', queue: 4 })],
  ['engine_queue', 'search', withSearch({ ...BEHIND, queue: 4 })],
  ['sink_behind', 'search', withSearch({ ...BEHIND, queue: 0 })],
  ['dead_letter', 'search', withSearch({ deadLetters: [refused] })],
  ['drift', 'search', withSearch({ differing: [{ key: 'courses:course', difference: 'missing' }] })],
  ['read_api_away', 'readApi', world({ readApi: null })],
  ['cache_behind', 'readApi', world({ readApi: [seen('redis'), seen('search', false)] })],
])('%s holds it up', (code, step, facts) => {
  const { blockers, steps, isLive } = diagnose(facts);
  expect(blockers.map((blocker) => [blocker.code, blocker.step])).toEqual([[code, step]]);
  expect(steps.find((each) => each.step === step)?.state).toBe('blocked');
  expect(isLive).toBe(false);
});

test('who holds the horizon is named', () => {
  const { blockers } = diagnose(world({ event: { ...event, isSettled: false }, holder }));
  expect(blockers[0]?.detail).toContain('a backup (process 7, database edu, idle in transaction, for 61.0 s)');
});

test('a document that was refused is not called damaged too', () => {
  const differing = [{ key: refused.key, difference: 'missing' as const }];
  const { blockers } = diagnose(withSearch({ deadLetters: [refused], differing }));
  expect(blockers.map(({ code }) => code)).toEqual(['dead_letter']);
});

test('a pause after the change was passed holds nothing up', () => {
  expect(diagnose(withSearch({ isPaused: true, pausedAt: at(8) })).isLive).toBe(true);
});

test('without an event in the outbox, what the read models hold decides', () => {
  expect(diagnose(world({ event: null })).isLive).toBe(true);
});
