import { findK6 } from '../../k6/find-k6.ts';
import { runK6, type K6Result } from '../../k6/run-k6.ts';
import { describeWorld } from '../../k6/world.ts';
import { moveTo } from '../../pinning.ts';
import { watchMemory } from '../../usage.ts';
import { startReadApi, type Contender } from '../contenders.ts';
import { memoryRows } from '../memory-rows.ts';
import type { Bench, Part, PartResult } from '../part.ts';
import { formatValue, type Row } from '../rows.ts';
import { startStorefront } from '../storefront.ts';
import type { Curve } from '../sweep.ts';
import { withContenders, type Enter } from '../with-contenders.ts';

const JOURNEYS = ['student', 'search', 'teacher', 'enrollment', 'mixed'] as const;
const READ_PATHS = ['course', 'curriculum', 'lesson', 'catalog', 'search', 'my courses', 'storefront'] as const;
/** Requests a second at which a read path begins, before its rate is doubled. */
const FIRST_RATE = 50;
/** No machine that this is for gets so far. */
const LAST_RATE = 51_200;
const SLO_P99_MS = 200;

/** What people do, at rates that do not wait for the product: k6 with its thresholds. */
export const scenarios: Part = {
  name: 'scenarios',
  rows: [...JOURNEYS, 'baseline', 'slo', 'step'],
  isLong: true,
  steps: ({ wanted }) => wanted.size + (wanted.has('step') ? READ_PATHS.length * 6 : 0),
  async run(bench) {
    const { pids } = bench.arena.stack;
    try {
      return await withContenders((enter) => playAll(bench, enter));
    } finally {
      await moveTo('others', [...pids.values()]);
    }
  },
};

async function playAll(bench: Bench, enter: Enter): Promise<PartResult> {
  const { arena, wanted, say, step } = bench;
  const k6 = await findK6(say);
  const readApi = await enter(startReadApi(arena, 'read API'));
  const storefront = await enter(startStorefront(arena, readApi.url, say));
  // Here everything is measured together, k6 with it.
  await moveTo('anywhere', [...arena.stack.pids.values()]);
  const play: Play = async (script, env) => {
    step(script);
    const world = await describeWorld(arena.servers, { readApi: readApi.url, storefront: storefront.url });
    return runK6({ k6, script, world, directory: arena.stack.directory, ...(env && { env }) });
  };
  const rows: Row[] = [];
  for (const script of [...JOURNEYS, 'baseline'].filter((name) => wanted.has(name))) {
    rows.push(failuresRow(script, await play(script)));
  }
  if (wanted.has('slo')) rows.push(...(await serviceLevel(bench, play, readApi, storefront)));
  const steps = wanted.has('step') ? await stepUp(play) : { rows: [], curves: [] };
  return { rows: [...rows, ...steps.rows], curves: steps.curves };
}

type Play = (script: string, env?: Record<string, string>) => Promise<K6Result>;

const describe = ({ requests, requestsPerSecond, failed, dropped, medianMs, p99Ms }: K6Result): string =>
  `${requests.toLocaleString('en-US')} requests, ${formatValue(requestsPerSecond, 'requests/s')}, p50 ${formatValue(medianMs, 'ms')}, p99 ${formatValue(p99Ms, 'ms')}, ${failed} failed, ${dropped} dropped`;

/** A scenario without a ceiling of its own: nothing may fail, and nobody may be sent away. */
const failuresRow = (script: string, result: K6Result): Row => ({
  ...{
    id: script,
    what: `scenario ${script}: requests that failed or were dropped`,
    value: result.failed + result.dropped,
  },
  ...{ unit: '', target: { atMost: 0 }, note: describe(result) },
});

async function serviceLevel({ arena }: Bench, play: Play, readApi: Contender, storefront: Contender): Promise<Row[]> {
  const memory = watchMemory([readApi.pid, arena.stack.pids.get('Write API'), storefront.pid]);
  let peaks: (number | null)[] = [];
  const result = await play('slo').finally(async () => (peaks = await memory.end()));
  const what = 'scenario slo: p99 of 500 requests/s of all kinds';
  return [
    { id: 'slo', what, value: result.p99Ms, unit: 'ms', target: { atMost: SLO_P99_MS }, note: describe(result) },
    { ...failuresRow('slo', result), id: 'slo-failures' },
    ...memoryRows('slo-memory', peaks, {
      during: '500 requests/s of all kinds',
      note: 'most that was resident during the scenario slo',
    }),
  ];
}

/** Doubles the rate of each read path until it breaks. */
async function stepUp(play: Play): Promise<{ rows: Row[]; curves: Curve[] }> {
  const rows: Row[] = [];
  const curves: Curve[] = [];
  for (const path of READ_PATHS) {
    const curve: Curve = { name: path, points: [] };
    let held = 0;
    let last: K6Result | undefined;
    for (let rate = FIRST_RATE; rate <= LAST_RATE; rate *= 2) {
      last = await play('step', { READ_PATH: path, RATE: String(rate) });
      curve.points.push({ connections: rate, requestsPerSecond: rate, p99Ms: last.p99Ms });
      if (!last.holds) break;
      held = rate;
    }
    curves.push(curve);
    rows.push({
      ...{
        id: `step-${path.replace(' ', '-')}`,
        what: `${path}: rate that holds while 50 writes/s go on`,
        value: held,
      },
      ...{ unit: 'requests/s', target: null, note: last?.holds === false ? `twice as many: ${describe(last)}` : '' },
    });
  }
  return { rows, curves };
}
