import { startBaselineContender } from '../baseline-contenders.ts';
import { startReadApi, type Arena, type Contender } from '../contenders.ts';
import { bestPoint, isAtEqualP99, pointAtP99, type Point } from '../operating-point.ts';
import type { Bench, Part, PartResult } from '../part.ts';
import { ratios, spreadOf } from '../ratios.ts';
import { searchRequests } from '../requests.ts';
import { burstsOf, playRounds, ratesOf, type Entry, type Series } from '../rounds.ts';
import { formatValue, type Row } from '../rows.ts';
import { sweep, sweepSteps, type Curve } from '../sweep.ts';
import { withContenders, type Enter } from '../with-contenders.ts';

const CONNECTIONS = [1, 2, 4, 8, 16];
/** Of the seconds of a burst, at scales whose searches take milliseconds: the whole run has ten minutes. */
const SMALL_SHARE = 1 / 4;
const OURS = 'read API';
const AGAIN = 'read API again';

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
    return (baselines + 1) * sweepSteps({ connections: CONNECTIONS }) + burstsOf(2 * baselines + 1, { rounds });
  },
  async run(bench) {
    const reason = whyNot(bench);
    return reason === null
      ? withContenders((enter) => compare(bench, enter))
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

/** A baseline where it does the most, and the read API where it answers as soon: null when it never does. */
interface Pair {
  baseline: (typeof BASELINES)[number];
  best: Point;
  of: string | null;
}

async function compare(bench: Bench, enter: Enter): Promise<PartResult> {
  const { arena, measuring, rounds, step: onBurst } = bench;
  const seconds = bench.seconds * (isSmall(bench.scale) ? SMALL_SHARE : 1);
  const requests = searchRequests(bench.courses);
  const options = { requests, connections: CONNECTIONS, seconds, warmUpSeconds: seconds, onBurst };
  const ours = await enter(startReadApi(arena, OURS));
  const own = await sweep(measuring, ours, options);
  const curves: Curve[] = [own];
  const entries = new Map<string, Entry>();
  const pairs: Pair[] = [];
  for (const baseline of chosen(bench.wanted)) {
    const contender = await enter(baseline.start(arena));
    const curve = await sweep(measuring, contender, options);
    const best = bestPoint(curve.points);
    const point = pointAtP99(own.points, best.p99Ms);
    const of = point && `${OURS}, ${point.connections} connections`;
    curves.push(curve);
    pairs.push({ baseline, best, of });
    if (!of) continue;
    entries.set(of, { name: of, contender: ours, requests, connections: point.connections });
    entries.set(baseline.name, { name: baseline.name, contender, requests, connections: best.connections });
  }
  const [first] = entries.values();
  if (first) entries.set(AGAIN, { ...first, name: AGAIN, contender: await enter(startReadApi(arena, AGAIN)) });
  const series = await playRounds(measuring, [...entries.values()], {
    ...{ rounds, seconds, warmUpSeconds: seconds, onBurst },
  });
  const control = first && spreadOf(ratios(ratesOf(series.get(AGAIN)), ratesOf(series.get(first.name))));
  const rows = pairs.map((pair) => rowOf(bench, pair, series));
  return { rows, series: [...series.values()], curves, ...(control && { control }) };
}

function rowOf({ scale, arena }: Bench, { baseline, best, of }: Pair, all: ReadonlyMap<string, Series>): Row {
  const { id, name, atLeast } = baseline;
  // The target speaks of a hundred thousand courses.
  const target = atLeast === null || scale !== 'full' ? null : { atLeast };
  const row = { id, what: titleOf(name, scale), unit: '×', target };
  const engine = arena.servers.search.description;
  const [ours, theirs] = [of === null ? undefined : all.get(of), all.get(name)];
  if (!ours || !theirs) {
    const missedBecause = `the read API has no p99 within the ${formatValue(best.p99Ms, 'ms')} of ${name}`;
    return { ...row, value: null, missedBecause, note: engine };
  }
  const spread = spreadOf(ratios(ratesOf(ours), ratesOf(theirs)));
  return {
    ...{ ...row, value: spread.median, spread, note: `${at(ours)}; ${at(theirs)}; ${engine}` },
    ...(!isAtEqualP99(p99Of(ours), p99Of(theirs)) && {
      missedBecause: 'p99 is not equal: that of the read API is greater',
    }),
  };
}

const titleOf = (name: string, scale: string): string =>
  `search at the scale ${scale} to ${name}, requests/s at equal p99`;

const p99Of = ({ rounds }: Series): number => spreadOf(rounds.map(({ p99Ms }) => p99Ms)).median;

const at = (series: Series): string =>
  `${series.name} ${formatValue(spreadOf(ratesOf(series)).median, 'requests/s')} at p99 ${formatValue(p99Of(series), 'ms')}`;

const unmeasured = ({ id, name, atLeast }: (typeof BASELINES)[number], note: string): Row => ({
  ...{ id, what: titleOf(name, 'above small'), value: null, unit: '×', note },
  target: atLeast === null ? null : { atLeast },
});
