import { setTimeout as delay } from 'node:timers/promises';
import { createPool } from '@eduplatform/db/pool';
import { eventually } from '../platform/wait.ts';
import type { Stack } from '../supervisor/stack-file.ts';
import { DemoCourse } from './demo-course.ts';
import { FAULTS, type DemoFault, type DemoPlace } from './faults.ts';
import { Probe, type Tally } from './probe.ts';

const PUBLISH_PAUSE_MS = 400;
const RECOVERED_MS = 120_000;
const FALL_BACK_MS = 1_000;
const NEEDED = ['web', 'readApi', 'writeApi', 'indexer', 'postgres', 'redis', 'search'] as const;

export interface DemoOptions {
  stack: () => Promise<Stack>;
  say: (line: string) => void;
  signal: AbortSignal;
}

export interface DemoResult {
  faults: number;
  wrong: string[];
  unavailable: number;
  /** Search that did not fall back to lists in time. */
  late: string[];
}

/** Throws where something would be hit that is not this stack's own. */
export function assertOwn({ state, services }: Stack): void {
  if (state !== 'ready') throw new Error('the stack is still starting');
  const foreign = NEEDED.filter((name) => services[name]?.pid === undefined);
  if (foreign.length > 0) {
    throw new Error(
      `the demo stops and flushes servers, and these are not the local stack's own: ${foreign.join(', ')}`,
    );
  }
}

/** Brings faults about one after another, while readers ask all the time and a teacher publishes. */
export async function runDemo({ stack, say, signal }: DemoOptions): Promise<DemoResult> {
  const { services } = await stack();
  const urlOf = (name: (typeof NEEDED)[number]): string => services[name]?.url ?? '';
  const pool = createPool({
    ...{ connectionString: urlOf('postgres'), applicationName: 'demo', max: 2 },
    onError: () => undefined,
  });
  const result: DemoResult = { faults: 0, wrong: [], unavailable: 0, late: [] };
  const course = await DemoCourse.create(urlOf('writeApi'));
  const probe = new Probe(urlOf('readApi'), course);
  try {
    await eventually(() => probe.isWell(course.latest), { timeoutMs: RECOVERED_MS, intervalMs: 100 });
    probe.start();
    for (const fault of FAULTS) {
      if (signal.aborted) break;
      const { tally, seconds, fellBackMs } = await suffer(fault, { stack, db: pool, course, probe });
      result.faults += 1;
      result.unavailable += tally.unavailable;
      const isLate = fault.fallsBack === true && (fellBackMs === null || fellBackMs > FALL_BACK_MS);
      if (isLate) result.late.push(fault.title);
      const fallBack = fellBackMs === null ? '' : `; catalog lists for hits after ${(fellBackMs / 1000).toFixed(2)} s`;
      say(
        `${tally.wrong > 0 || isLate ? '✗' : '✓'} ${fault.title}: ${told(tally)}; well after ${seconds.toFixed(1)} s${fallBack}`,
      );
    }
  } finally {
    await probe.stop();
    result.wrong = probe.wrong;
    await course.remove().catch((error: Error) => say(`the demo's course could not be removed: ${error.message}`));
    await pool.end();
  }
  return result;
}

async function suffer(
  fault: DemoFault,
  { stack, db, course, probe }: Pick<DemoPlace, 'stack' | 'db'> & { course: DemoCourse; probe: Probe },
): Promise<{ tally: Tally; seconds: number; fellBackMs: number | null }> {
  probe.take();
  const publishing = new AbortController();
  const publications = course.keepPublishing(PUBLISH_PAUSE_MS, publishing.signal);
  let struck = performance.now();
  const place: DemoPlace = {
    ...{ stack, db, pause: (milliseconds: number) => delay(milliseconds) },
    struck: () => (struck = performance.now()),
  };
  try {
    await fault.run(place);
  } finally {
    publishing.abort();
  }
  const healed = performance.now();
  await publications;
  // Well again: what is published from now on is read by everybody, in time.
  const edition = await course.publishPatiently();
  await eventually(() => probe.isWell(edition), { timeoutMs: RECOVERED_MS, intervalMs: 50 });
  const seconds = (performance.now() - healed) / 1000;
  const { tally, degradedAt } = probe.take();
  return { tally, seconds, fellBackMs: degradedAt === null ? null : degradedAt - struck };
}

function told({ right, stale, degraded, unavailable, wrong }: Tally): string {
  const all = right + stale + degraded + unavailable + wrong;
  return `${all} answers, ${wrong} wrong, ${unavailable} times 503, ${stale} marked stale, ${degraded} degraded`;
}
