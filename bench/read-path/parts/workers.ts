import { moveTo } from '../../pinning.ts';
import { startWriteApi } from '../../freshness/servers.ts';
import { startReadApi, type Contender } from '../contenders.ts';
import type { Bench, Part, PartResult } from '../part.ts';
import { ratios, spreadOf } from '../ratios.ts';
import { favoriteRequests, pageRequests, storefrontRequests } from '../requests.ts';
import { burstsOf, describeSeries, playRounds, ratesOf, type Series } from '../rounds.ts';
import type { Row } from '../rows.ts';
import { startStorefront } from '../storefront.ts';
import { signInStudents } from '../students.ts';
import { stopAll, withContenders, type Enter } from '../with-contenders.ts';
import { assertWorkers } from '../worker-processes.ts';
import type { LoadRequest } from '../../load/burst.ts';

/** Values of WEB_CONCURRENCY. */
const WORKERS = ['1', '2', 'auto'] as const;
const CONNECTIONS = 64;
const STUDENTS = 16;
/** Of the seconds of a burst. */
const SHARE = 2 / 3;

interface Service {
  id: string;
  what: string;
  start: (bench: Bench, name: string, env: NodeJS.ProcessEnv) => Promise<Contender>;
  requests: (bench: Bench) => Promise<LoadRequest[]>;
}

const SERVICES: readonly Service[] = [
  {
    id: 'workers-read-api',
    what: 'read API, pages',
    start: ({ arena }, name, env) => startReadApi(arena, name, { env }),
    requests: async ({ courses }) => pageRequests(courses),
  },
  {
    id: 'workers-write-api',
    what: 'write API, commands',
    async start({ arena: { stack, servers } }, name, env) {
      const { url, child, stop } = await startWriteApi(stack, name, servers.databaseUrl, env);
      return { name, url, pid: child.pid, stop };
    },
    requests: async ({ courses, arena }) =>
      favoriteRequests(courses, await signInStudents(arena.servers.writeApiUrl, STUDENTS)),
  },
  {
    id: 'workers-web',
    what: 'storefront, pages',
    async start({ arena, say }, name, env) {
      // Each asks a read API of its own, so that one does not wait for the other's readers.
      const readApi = await startReadApi(arena, `read API of the ${name}`);
      const storefront = await startStorefront(arena, readApi.url, say, { name, env });
      return { ...storefront, stop: () => stopAll([storefront, readApi]) };
    },
    requests: async ({ courses }) => storefrontRequests(courses),
  },
];

const chosen = (wanted: ReadonlySet<string>): Service[] => SERVICES.filter(({ id }) => wanted.has(id));

/** What more processes of a service (WEB_CONCURRENCY) add on this machine, where the load generator takes its share, too. */
export const workers: Part = {
  name: 'workers',
  rows: SERVICES.map(({ id }) => id),
  isLong: true,
  steps: ({ rounds, wanted }) => chosen(wanted).length * burstsOf(WORKERS.length, { rounds }),
  async run(bench): Promise<PartResult> {
    const rows: Row[] = [];
    const series: Series[] = [];
    for (const service of chosen(bench.wanted)) {
      const own = await measureService(bench, service);
      rows.push(rowOf(service, own));
      series.push(...own.values());
    }
    return { rows, series };
  },
};

async function measureService(bench: Bench, service: Service): Promise<Map<string, Series>> {
  const { generator } = bench.measuring;
  await moveTo('anywhere', [generator.pid]);
  try {
    return await withContenders((enter) => playService(bench, service, enter));
  } finally {
    await moveTo('generator', [generator.pid]);
  }
}

async function playService(bench: Bench, service: Service, enter: Enter): Promise<Map<string, Series>> {
  const { measuring, rounds, warmUpSeconds, step } = bench;
  // Began on one core, a service would take that for all that there are.
  const onAllCores: Bench = { ...bench, arena: { ...bench.arena, place: 'anywhere' } };
  const contenders: Contender[] = [];
  for (const count of WORKERS) {
    const name = nameOf(service, count);
    const contender = await enter(service.start(onAllCores, name, { WEB_CONCURRENCY: count }));
    await assertWorkers(contender, count);
    contenders.push(contender);
  }
  const requests = await service.requests(bench);
  const entries = contenders.map((contender) => ({
    ...{ name: contender.name, contender, requests, connections: CONNECTIONS },
  }));
  const seconds = bench.seconds * SHARE;
  return playRounds(measuring, entries, { rounds, seconds, warmUpSeconds, onBurst: step });
}

const nameOf = ({ what }: Service, count: string): string => `${what}, ${count} workers`;

function rowOf(service: Service, series: ReadonlyMap<string, Series>): Row {
  const [one, two, auto] = WORKERS.map((count) => series.get(nameOf(service, count)));
  const spread = spreadOf(ratios(ratesOf(two), ratesOf(one)));
  const ofAuto = spreadOf(ratios(ratesOf(auto), ratesOf(one))).median;
  return {
    ...{
      id: service.id,
      what: `${service.what}: 2 workers to 1`,
      value: spread.median,
      unit: '×',
      target: null,
      spread,
    },
    note: `auto ${ofAuto.toFixed(2)} ×; ${[one, two, auto].map((some) => describeSeries(some)).join('; ')}`,
  };
}
