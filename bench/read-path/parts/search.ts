import { startBaselineContender, stopAll } from '../baseline-contenders.ts';
import { startReadApi, type Arena, type Contender } from '../contenders.ts';
import { bestPoint, pointAtP99 } from '../operating-point.ts';
import type { Bench, Part, PartResult } from '../part.ts';
import { ratios, spreadOf } from '../ratios.ts';
import { searchRequests } from '../requests.ts';
import { burstsOf, playRounds, ratesOf, type Entry, type Series } from '../rounds.ts';
import { formatValue, type Row } from '../rows.ts';
import { sweep, sweepSteps, type Curve } from '../sweep.ts';

const CONNECTIONS = [1, 2, 4, 8, 16];
/** Of the seconds of a burst, at scales whose searches take milliseconds: the whole run has ten minutes. */
const SMALL_SHARE = 1 / 4;
const OURS = 'read API';

const BASELINES = [
  {
    id: 'search-ilike',
    name: 'ILIKE',
    atLeast: 100,
    start: (arena: Arena) => startBaselineContender(arena, 'ILIKE', 'first'),
  },
  { id: 'search-trigram', name: 'trigrams', atLeast: 10, start: tuned('trigrams', 'trigram') },
  { id: 'search-tsvector', name: 'tsvector', atLeast: 2, start: tuned('tsvector', 'tsvector') },
  {
    id: 'search-title',
    name: 'trigrams of titles',
    atLeast: null,
    start: tuned('trigrams of titles', 'trigram-title'),
  },
] as const;

function tuned(name: string, mode: 'trigram' | 'tsvector' | 'trigram-title') {
  return (arena: Arena): Promise<Contender> => startBaselineContender(arena, name, 'tuned', { SEARCH_MODE: mode });
}

const chosen = (wanted: ReadonlySet<string>) => BASELINES.filter(({ id }) => wanted.has(id));

/** Searches for phrases of titles, each compared at the p99 that the baseline has where it does the most. */
export const search: Part = {
  name: 'search',
  growsWithData: true,
  rows: BASELINES.map(({ id }) => id),
  steps({ rounds, wanted }) {
    const baselines = chosen(wanted).length;
    // The read API takes part at most once for each baseline.
    return (baselines + 1) * sweepSteps({ connections: CONNECTIONS }) + burstsOf(2 * baselines, { rounds });
  },
  async run(bench) {
    const reason = whyNot(bench);
    return reason === null
      ? compare(bench)
      : { rows: chosen(bench.wanted).map((baseline) => unmeasured(baseline, reason)) };
  },
};

const isSmall = (scale: string): boolean => scale === 'demo' || scale === 'small';

/** The embedded engine is made for what a demo holds: above that, its figures would say nothing of the product. */
function whyNot({ scale, arena }: Bench): string | null {
  return isSmall(scale) || arena.servers.search.isReal
    ? null
    : `above the scale small this needs a real Meilisearch: set MEILI_URL and MEILI_MASTER_KEY, or put meilisearch on the PATH`;
}

async function compare(bench: Bench): Promise<PartResult> {
  const { arena, measuring, rounds, step: onBurst } = bench;
  const seconds = bench.seconds * (isSmall(bench.scale) ? SMALL_SHARE : 1);
  const requests = searchRequests(bench.courses);
  const options = { requests, connections: CONNECTIONS, seconds, warmUpSeconds: seconds, onBurst };
  const ours = await startReadApi(arena, OURS);
  const curves: Curve[] = [await sweep(measuring, ours, options)];
  const entries = new Map<string, Entry>();
  const pairs: { baseline: (typeof BASELINES)[number]; of: string }[] = [];
  for (const baseline of chosen(bench.wanted)) {
    const contender = await baseline.start(arena);
    const curve = await sweep(measuring, contender, options);
    const best = bestPoint(curve.points);
    const { connections } = pointAtP99(curves[0]?.points ?? [], best.p99Ms);
    const of = `${OURS}, ${connections} connections`;
    curves.push(curve);
    pairs.push({ baseline, of });
    entries.set(of, { name: of, contender: ours, requests, connections });
    entries.set(baseline.name, { name: baseline.name, contender, requests, connections: best.connections });
  }
  const all = [...entries.values()];
  const series = await playRounds(measuring, all, { rounds, seconds, warmUpSeconds: seconds, onBurst });
  await stopAll(new Set(all.map(({ contender }) => contender)));
  const rows = pairs.map(({ baseline, of }) =>
    rowOf(bench, baseline, { of: series.get(of), to: series.get(baseline.name) }),
  );
  return { rows, series: [...series.values()], curves };
}

type Pair = { of: Series | undefined; to: Series | undefined };

function rowOf({ scale, arena }: Bench, { id, name, atLeast }: (typeof BASELINES)[number], { of, to }: Pair): Row {
  const spread = spreadOf(ratios(ratesOf(of), ratesOf(to)));
  // The target speaks of a hundred thousand courses.
  const target = atLeast === null || scale !== 'full' ? null : { atLeast };
  const note = `${at(of)}; ${at(to)}; ${arena.servers.search.description}`;
  return { id, what: titleOf(name, scale), value: spread.median, unit: '×', target, spread, note };
}

const titleOf = (name: string, scale: string): string =>
  `search at the scale ${scale} to ${name}, requests/s at equal p99`;

function at(series: Series | undefined): string {
  if (!series) return '';
  const p99 = spreadOf(series.rounds.map(({ p99Ms }) => p99Ms)).median;
  return `${series.name} ${formatValue(spreadOf(ratesOf(series)).median, 'requests/s')} at p99 ${formatValue(p99, 'ms')}`;
}

const unmeasured = ({ id, name, atLeast }: (typeof BASELINES)[number], note: string): Row => ({
  ...{ id, what: titleOf(name, 'above small'), value: null, unit: '×', note },
  target: atLeast === null ? null : { atLeast },
});
