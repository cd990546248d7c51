import { startReadApi, type Contender } from '../contenders.ts';
import { assertRate, measure, warmUp, type Measuring } from '../measure.ts';
import { memoryRowIds, memoryRows } from '../memory-rows.ts';
import type { Bench, Part, PartResult } from '../part.ts';
import { publishAndWatch } from '../publishing.ts';
import { browsingRequests, storefrontRequests } from '../requests.ts';
import { startStorefront } from '../storefront.ts';
import { withContenders, type Enter } from '../with-contenders.ts';
import { findTargets, signIn, type Target } from '../../freshness/load.ts';
import type { Burst } from '../../load/burst.ts';
import { startGenerator, type Generator } from '../../load/generator.ts';
import { watchMemory } from '../../usage.ts';

/** Together the 500 requests a second of the service level: pages and lists by API, and whole pages of the storefront. */
const READS_PER_SECOND = 450;
const PAGES_PER_SECOND = 50;
const LOAD = `${READS_PER_SECOND} requests/s for pages and lists and ${PAGES_PER_SECOND} for the storefront`;
const PUBLISHES_PER_SECOND = 10;
const CONNECTIONS = 32;
/** Bursts in each phase. */
const BURSTS = 3;

/** Everything at once at a steady rate: what the processes take, and how fresh what is read stays. */
export const mixedLoad: Part = {
  name: 'mixed load',
  rows: memoryRowIds('memory'),
  steps: () => 2 + 2 * BURSTS,
  run: (bench) => withContenders((enter) => play(bench, enter)),
};

async function play(bench: Bench, enter: Enter): Promise<PartResult> {
  const { arena, step, seconds, wanted } = bench;
  step('storefront');
  const readApi = await enter(startReadApi(arena, 'read API'));
  const storefront = await enter(startStorefront(arena, readApi.url, step));
  const readers = readersOf(bench, readApi, storefront, await startGenerator(arena.stack));
  step('warming up');
  await Promise.all(readers.map(({ by, of, burst }) => warmUp(by, of, { ...burst, seconds: bench.warmUpSeconds })));
  const targets = await findTargets(arena.servers.databaseUrl);
  const half = Math.floor(targets.length / 2);
  const token = await signIn(arena.servers.writeApiUrl);
  const publish = (some: Target[], name: string) => {
    for (let burst = 0; burst < BURSTS; burst += 1) step(name);
    const rate = { perSecond: PUBLISHES_PER_SECOND, seconds: seconds * BURSTS };
    return publishAndWatch(arena.servers, { token, targets: some, ...rate });
  };
  const idle = await publish(targets.slice(0, half), 'publishing');
  let peaks: (number | null)[] = [];
  const memory = watchMemory([readApi.pid, arena.stack.pids.get('Write API'), storefront.pid]);
  const [loaded] = await Promise.all([
    publish(targets.slice(half), 'publishing and reading'),
    ...readers.map(async ({ by, of, burst }) => {
      const measurement = await measure(by, of, { ...burst, seconds: seconds * BURSTS });
      // Memory at a lower rate would be that of another load.
      assertRate(of, measurement, burst.perSecond);
    }),
  ]).finally(async () => (peaks = await memory.end()));
  const note = `most that was resident in ${seconds * BURSTS} s; also ${PUBLISHES_PER_SECOND} publishes/s`;
  const rows = memoryRows('memory', peaks, { during: LOAD, note });
  return {
    rows: rows.filter(({ id }) => wanted.has(id)),
    freshness: { idle, '500 requests/s': loaded },
  };
}

interface Reader {
  by: Measuring;
  of: Contender;
  burst: Omit<Burst, 'url' | 'seconds'> & { perSecond: number };
}

/** A generator runs one burst at a time, so the storefront has one of its own. */
const readersOf = (bench: Bench, readApi: Contender, storefront: Contender, second: Generator): Reader[] => [
  {
    by: bench.measuring,
    of: readApi,
    burst: {
      requests: browsingRequests(bench.courses),
      connections: CONNECTIONS,
      perSecond: READS_PER_SECOND,
    },
  },
  {
    by: { ...bench.measuring, generator: second },
    of: storefront,
    burst: { requests: storefrontRequests(bench.courses), connections: CONNECTIONS, perSecond: PAGES_PER_SECOND },
  },
];
