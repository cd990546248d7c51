import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { renderTable } from '@eduplatform/local/jobs/table';
import { dropBaseline } from './baselines/fill/fill.ts';
import { BASELINE_KINDS } from './baselines/kinds.ts';
import {
  compareBursts,
  NAMES,
  tableOf,
  type Burst,
  type Comparison,
  type Measured,
  type Name,
} from './compare/figures.ts';
import { comparePage } from './compare/page.ts';
import { subjectsOf, type Subject } from './compare/subjects.ts';
import type { Servers } from './freshness/servers.ts';
import { fire } from './load/autocannon.ts';
import { describeMachine } from './machine.ts';
import { startBaselineContender } from './read-path/baseline-contenders.ts';
import { startReadApi, type Arena, type Contender } from './read-path/contenders.ts';
import { readCourses } from './read-path/courses.ts';
import { orderOf } from './read-path/ratios.ts';
import { formatValue } from './read-path/rows.ts';
import { stopAll } from './read-path/with-contenders.ts';
import { Progress } from './read-path/progress.ts';
import type { Outcome } from './read-path/verdict.ts';
import { openStack } from './stack.ts';

/** The running stack, as far as readers need it. */
export interface CompareTarget {
  servers: Omit<Servers, 'redisPrefix' | 'search'> & { search: Omit<Servers['search'], 'indexPrefix'> };
  redisPrefix: string;
  searchIndexPrefix: string;
  /** Redis is the one in JavaScript: the read API is then slower than it would be. */
  isRedisBuiltIn: boolean;
}

export interface CompareOptions {
  /** Path of the HTML file that is written. */
  page: string;
  signal: AbortSignal;
  print: (line: string) => void;
  /** Seconds of each burst. */
  seconds?: number;
  /** At most; less where time runs out. */
  rounds?: number;
}

/** All in all it is to be done in 90 s: no round begins that would not end by then. */
const WITHIN_MS = 84_000;
const ROUNDS = 5;
const WARM_UP_SHARE = 0.6;
const COURSES = 1_000;
/** Those of `npm run bench:baseline` may be in use on the same server. */
const OWNER = 'compare';
const NOT_COMPARABLE =
  'Redis is the one in JavaScript here: these figures cannot be compared with those of a real Redis. Install redis-server or valkey-server.';

/** Compares the read API with two APIs on SQL, all on the data of the running stack; removes what it made in Postgres. */
export async function compareReadPaths(target: CompareTarget, options: CompareOptions): Promise<Outcome> {
  const { servers, isRedisBuiltIn } = target;
  const { page, signal, print } = options;
  const startedAt = performance.now();
  const machine = describeMachine();
  const stack = await openStack(signal);
  try {
    print('Copying the data of the stack for the two baselines, and starting all contenders.');
    const courses = await readCourses(servers.databaseUrl, COURSES);
    const { redisPrefix, searchIndexPrefix: indexPrefix } = target;
    const readModels = { redisPrefix, search: { ...servers.search, indexPrefix } };
    const contenders = await startAll({
      stack,
      servers: { ...servers, ...readModels },
      tracesUrl: '',
      baselines: OWNER,
    });
    const measured = await measureAll(subjectsOf(courses), contenders, options, startedAt);
    await stopAll(contenders.values());
    const comparison = compareBursts(measured);
    const warnings = isRedisBuiltIn ? [NOT_COMPARABLE] : [];
    const rounds = measured[0]?.bursts['read API'].length ?? 0;
    const setting = `${courses.length} courses; medians of ${rounds} round${rounds === 1 ? '' : 's'} by autocannon; search engine: ${servers.search.description}.`;
    await writeFile(page, comparePage(comparison, { machine, at: new Date(), setting, warnings }));
    print(`\n${renderTable(tableOf(comparison))}\n`);
    for (const warning of warnings) print(warning);
    print(`Page: ${pathToFileURL(page).href}`);
    return conclude(comparison, print);
  } finally {
    await stack.stop();
    for (const kind of BASELINE_KINDS) await dropBaseline(servers.databaseUrl, kind, OWNER);
  }
}

async function startAll(arena: Arena): Promise<Map<Name, Contender>> {
  // Nobody traces here: neither do the baselines.
  const variant = { traced: 0 };
  return new Map([
    ['first version on SQL', await startBaselineContender(arena, 'first', 'first')],
    ['tuned SQL', await startBaselineContender(arena, 'tuned', 'tuned')],
    ['read API', await startReadApi(arena, 'read API', variant)],
    ['read API again', await startReadApi(arena, 'read API again', variant)],
  ]);
}

async function measureAll(
  subjects: readonly Subject[],
  contenders: ReadonlyMap<Name, Contender>,
  { signal, seconds = 1, rounds = ROUNDS }: CompareOptions,
  startedAt: number,
): Promise<Measured[]> {
  const measured = subjects.map(({ what }) => ({
    ...{ what, bursts: { 'first version on SQL': [], 'tuned SQL': [], 'read API': [], 'read API again': [] } },
  })) as Measured[];
  const progress = new Progress(subjects.length * NAMES.length * (rounds + 1));
  const burst = async (subject: Subject, name: Name, duration: number): Promise<Burst> => {
    signal.throwIfAborted();
    progress.begin(subject.what, name);
    const url = contenders.get(name)?.url ?? '';
    const { failed, ...figures } = await fire({ ...subject, url, seconds: duration });
    if (failed > 0 && duration === seconds)
      throw new Error(`${name} answered ${failed} requests for ${subject.what} wrongly`);
    return figures;
  };
  for (const subject of subjects) for (const name of NAMES) await burst(subject, name, seconds * WARM_UP_SHARE);
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    for (const [index, subject] of subjects.entries()) {
      for (const name of orderOf(NAMES, round)) {
        const one = await burst(subject, name, seconds);
        measured[index]?.bursts[name].push(one);
      }
    }
    const now = performance.now();
    if (now - startedAt + (now - began) > WITHIN_MS) break;
  }
  progress.clear();
  return measured;
}

function conclude({ subjects, control, isControlled }: Comparison, print: (line: string) => void): Outcome {
  const pages = subjects[2]?.figures ?? [];
  const of = (wanted: Name): number => pages.find(({ name }) => name === wanted)?.toFirst ?? Number.NaN;
  const verdict = isControlled ? 'holds' : 'void';
  print(
    `compare ${verdict}: pages ${formatValue(of('read API'), '×')} as many as the first version, ` +
      `${formatValue(of('read API') / of('tuned SQL'), '×')} as many as tuned SQL; control ${formatValue(control.median, '×')}`,
  );
  return isControlled ? 0 : 1;
}
