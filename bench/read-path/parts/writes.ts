import { eventually } from '@eduplatform/local/platform/wait';
import { startBaselineContender } from '../baseline-contenders.ts';
import { startReadApi, type Contender } from '../contenders.ts';
import { measure, warmUp, type Measurement } from '../measure.ts';
import type { Bench, Part, PartResult } from '../part.ts';
import { orderOf, ratios, spreadOf } from '../ratios.ts';
import { pageRequests } from '../requests.ts';
import type { Series } from '../rounds.ts';
import { formatValue, type Row } from '../rows.ts';
import { withContenders, type Enter } from '../with-contenders.ts';
import { startWriters, type Writers } from '../writers.ts';
import { moveTo } from '../../pinning.ts';

/** What every contender can answer on its core: it is about how long an answer takes, not about how many there are. */
const PER_SECOND = 500;
const CONNECTIONS = 32;
const OURS = 'read API';
const TARGET = 1.2;
/** Of the seconds of a burst: so that the whole run stays within its ten minutes. */
const SHARE = 1 / 3;
/** What the writers leave behind is to be indexed within this. */
const CATCH_UP_MS = 120_000;

type State = 'idle' | 'saturated' | 'idle again';
const STATES: readonly State[] = ['idle', 'saturated', 'idle again'];
/** A p99 of a few seconds is no steadier than this; what it may do by chance must not be more than what the target allows. */
const CONTROLLED = { low: 1 / TARGET, high: TARGET };

/** How much longer readers wait while Postgres takes as many writes as it can. */
export const writes: Part = {
  name: 'writes',
  rows: ['writes'],
  steps: ({ rounds }) => 3 + rounds * (3 + 3 + 1),
  async run(bench) {
    const { pids } = bench.arena.stack;
    const { generator } = bench.measuring;
    // Postgres and who writes to it get a core of their own, as on a machine of its own: readers must not wait for the CPU.
    await moveTo('server', [pids.get('Redis'), generator.pid]);
    try {
      return await withContenders((enter) => compare(bench, enter));
    } finally {
      await moveTo('others', [pids.get('Redis')]);
      await moveTo('generator', [generator.pid]);
    }
  },
};

async function compare(bench: Bench, enter: Enter): Promise<PartResult> {
  const { arena, measuring } = bench;
  const ours = await enter(startReadApi(arena, OURS));
  const contenders = [
    ours,
    await enter(startBaselineContender(arena, 'tuned', 'tuned')),
    await enter(startBaselineContender(arena, 'first', 'first')),
  ];
  for (const contender of contenders) {
    bench.step(contender.name);
    await warmUp(measuring, contender, { ...asked(bench), seconds: bench.warmUpSeconds * SHARE * 2 });
  }
  const series = new Map<string, Series>();
  const writers = await startWriters(arena.stack, arena.servers.databaseUrl, bench.courses.slice(0, 500));
  try {
    const commits = await playAll(bench, contenders, writers, series);
    const control = spreadOf(ratios(p99sOf(series, OURS, 'idle again'), p99sOf(series, OURS, 'idle')));
    const rows = [rowOf(series, spreadOf(commits).median)];
    return { rows, series: [...series.values()], control: { ...control, within: CONTROLLED } };
  } finally {
    await writers.stop();
  }
}

/** Answers the commits per second of each round. */
async function playAll(
  bench: Bench,
  contenders: readonly Contender[],
  writers: Writers,
  series: Map<string, Series>,
): Promise<number[]> {
  const ours = contenders.filter(({ name }) => name === OURS);
  const commits: number[] = [];
  for (let round = 0; round < bench.rounds; round += 1) {
    for (const state of orderOf(STATES, round)) {
      if (state === 'saturated') writers.begin();
      await playOne(bench, state === 'idle again' ? ours : orderOf(contenders, round), state, series);
      if (state === 'saturated') commits.push(await settle(writers, ours[0]?.url ?? ''));
    }
  }
  return commits;
}

/** Ends the writers and waits until the indexer has caught up, so that idle is idle. Answers commits per second. */
async function settle(writers: Writers, url: string): Promise<number> {
  const { commitsPerSecond, position } = await writers.end();
  const isLive = async (): Promise<boolean> => {
    const response = await fetch(`${url}/v1/positions/${position}?timeoutMs=5000`);
    return ((await response.json()) as { live: boolean }).live;
  };
  await eventually(isLive, { timeoutMs: CATCH_UP_MS });
  return commitsPerSecond;
}

const asked = ({ courses, seconds }: Bench) => ({
  requests: pageRequests(courses),
  connections: CONNECTIONS,
  perSecond: PER_SECOND,
  seconds: seconds * SHARE,
});

async function playOne(
  bench: Bench,
  order: readonly Contender[],
  state: State,
  all: Map<string, Series>,
): Promise<void> {
  for (const contender of order) {
    const name = `${contender.name}, ${state}`;
    bench.step(name);
    const measurement = await measure(bench.measuring, contender, asked(bench));
    const series = all.get(name) ?? { name, rounds: [] as Measurement[] };
    all.set(name, series);
    series.rounds.push(measurement);
  }
}

const p99sOf = (series: ReadonlyMap<string, Series>, name: string, state: State): number[] =>
  series.get(`${name}, ${state}`)?.rounds.map(({ p99Ms }) => p99Ms) ?? [];

function rowOf(series: ReadonlyMap<string, Series>, commitsPerSecond: number): Row {
  const p99 = (name: string, state: State): number[] => p99sOf(series, name, state);
  const slower = (name: string) => spreadOf(ratios(p99(name, 'saturated'), p99(name, 'idle')));
  const beside = [OURS, 'tuned', 'first'].map((name) => {
    const [idle, saturated] = (['idle', 'saturated'] as const).map((state) => spreadOf(p99(name, state)).median);
    const times = `${formatValue(idle ?? Number.NaN, 'ms')} → ${formatValue(saturated ?? Number.NaN, 'ms')}`;
    return `${name} ${times}${name === OURS ? '' : ` (${formatValue(slower(name).median, '×')})`}`;
  });
  const spread = slower(OURS);
  return {
    id: 'writes',
    what: `p99 of ${PER_SECOND} reads/s while Postgres is saturated with edits of drafts, to idle`,
    ...{ value: spread.median, unit: '×', target: { atMost: TARGET }, spread },
    note: `${Math.round(commitsPerSecond).toLocaleString('en-US')} commits/s; ${beside.join('; ')}`,
  };
}
