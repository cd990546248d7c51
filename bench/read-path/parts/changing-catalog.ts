import { setTimeout as delay } from 'node:timers/promises';
import { findTargets, publishAtRate, signIn, type LoadOptions } from '../../freshness/load.ts';
import { startReadApi } from '../contenders.ts';
import { measure, warmUp } from '../measure.ts';
import type { Bench, Part, PartResult } from '../part.ts';
import { orderOf, ratios, spreadOf } from '../ratios.ts';
import { catalogRequests } from '../requests.ts';
import { describeSeries, ratesOf, type Series } from '../rounds.ts';
import { withContenders, type Enter } from '../with-contenders.ts';

const CONNECTIONS = 64;
const PUBLISHES_PER_SECOND = 10;
/** Of the seconds of a burst: so that the whole run stays within its ten minutes. */
const SHARE = 1 / 3;

/** What was published is indexed by then, so that rest is rest. */
const SETTLE_MS = 500;

const STATES = ['catalog at rest', 'catalog that changes'] as const;
type State = (typeof STATES)[number];

/** What of a cached catalog page remains while courses are published: each makes the lists and answers that held it anew. */
export const changingCatalog: Part = {
  name: 'changing catalog',
  rows: ['catalog-changing'],
  steps: ({ rounds }) => 1 + rounds * STATES.length,
  run: (bench) => withContenders((enter) => compare(bench, enter)),
};

async function compare(bench: Bench, enter: Enter): Promise<PartResult> {
  const { arena, measuring, step } = bench;
  const contender = await enter(startReadApi(arena, 'read API'));
  const asked = { requests: catalogRequests(), connections: CONNECTIONS, seconds: bench.seconds * SHARE };
  step('warming up');
  await warmUp(measuring, contender, { ...asked, seconds: bench.warmUpSeconds });
  const { writeApiUrl, databaseUrl } = arena.servers;
  const targets = await findTargets(databaseUrl);
  const load = { writeApiUrl, token: await signIn(writeApiUrl), targets, perSecond: PUBLISHES_PER_SECOND };
  const series: Record<State, Series> = {
    'catalog at rest': { name: 'catalog at rest', rounds: [] },
    'catalog that changes': { name: 'catalog that changes', rounds: [] },
  };
  for (let round = 0; round < bench.rounds; round += 1) {
    for (const state of orderOf(STATES, round)) {
      step(state);
      const [measurement] = await Promise.all([
        measure(measuring, contender, asked),
        state === 'catalog that changes' && publish(load, asked.seconds, round),
      ]);
      series[state].rounds.push(measurement);
      await delay(SETTLE_MS);
    }
  }
  const [rest, changing] = STATES.map((state) => series[state]);
  const spread = spreadOf(ratios(ratesOf(changing), ratesOf(rest)));
  const row = {
    id: 'catalog-changing',
    what: `catalog page of 20 while ${PUBLISHES_PER_SECOND} courses/s are published, to the same at rest`,
    ...{ value: spread.median, unit: '×', target: null, spread },
    note: [rest, changing].map(describeSeries).join('; '),
  };
  return { rows: [row], series: [...Object.values(series)] };
}

/** Each round begins with other courses, so that no lesson is given the title that it has. */
async function publish(
  load: Omit<LoadOptions, 'seconds' | 'onPublish'>,
  seconds: number,
  round: number,
): Promise<void> {
  const first = Math.ceil(round * load.perSecond * seconds) % load.targets.length;
  const targets = [...load.targets.slice(first), ...load.targets.slice(0, first)];
  await publishAtRate({ ...load, targets, seconds, onPublish: () => {} });
}
