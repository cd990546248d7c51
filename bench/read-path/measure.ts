import type { Burst, BurstResult } from '../load/burst.ts';
import type { Generator } from '../load/generator.ts';
import { Latencies, type LatencyCounts } from '../load/latencies.ts';
import { readCpu, type CpuClock } from '../usage.ts';
import type { Contender } from './contenders.ts';

/** What a contender did in one burst. */
export interface Measurement {
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** Microseconds of CPU for one request: of the contender, and of the servers that it asks. Null: not to be known here. */
  cpuUs: number | null;
  otherCpuUs: Record<string, number> | null;
  /** Share of one core that the contender used. */
  busy: number | null;
  requests: number;
  latencies: LatencyCounts;
}

export interface Measuring {
  generator: Generator;
  /** Ids of the processes, by name, whose CPU counts beside that of the contender. */
  others: Record<string, number | undefined>;
}

const MICROSECONDS = 1_000_000;

/**
 * Runs a burst on a contender. Throws when an answer was no 200: then the figures mean nothing.
 * @param onOpen done when all connections are open, before the first request
 */
export async function measure(
  { generator, others }: Measuring,
  { name, url, pid }: Contender,
  burst: Omit<Burst, 'url'>,
  onOpen?: () => Promise<void>,
): Promise<Measurement> {
  const before = await readCpu();
  const result = await generator.run({ ...burst, url }, onOpen);
  const after = await readCpu();
  const failures = Object.entries(result.failures).map(([what, count]) => `${count} × ${what}`);
  if (failures.length > 0) throw new Error(`${name} answered wrongly: ${failures.join(', ')}`);
  if (result.requests === 0) throw new Error(`${name} answered nothing`);
  const perRequest = (of: number | undefined): number => ((after(of) - before(of)) / result.requests) * MICROSECONDS;
  return { ...figuresOf(result), ...cpuOf(result, after, pid, perRequest, others) };
}

/** Below this share of the rate that was due, it was another load. The last answers come after the last request was due. */
const AS_DUE = 0.9;

/** Throws when a contender was not asked, or did not answer, at the rate at which requests were due. */
export function assertRate({ name }: Contender, { requestsPerSecond }: Measurement, perSecond: number): void {
  if (requestsPerSecond >= perSecond * AS_DUE) return;
  throw new Error(`${name} answered ${Math.round(requestsPerSecond)} requests/s where ${perSecond} were due`);
}

/** Runs a burst of which nothing is kept: a process that has just begun to listen may still send requests away. */
export async function warmUp({ generator }: Measuring, { url }: Contender, burst: Omit<Burst, 'url'>): Promise<void> {
  await generator.run({ ...burst, url });
}

const figuresOf = (result: BurstResult) => {
  const latencies = Latencies.of(result.latencies);
  return {
    requestsPerSecond: result.requests / result.seconds,
    p50Ms: latencies.quantile(0.5),
    p99Ms: latencies.quantile(0.99),
    requests: result.requests,
    latencies: result.latencies,
  };
};

function cpuOf(
  { requests, seconds }: BurstResult,
  clock: CpuClock,
  pid: number | undefined,
  perRequest: (of: number | undefined) => number,
  others: Measuring['others'],
): Pick<Measurement, 'cpuUs' | 'otherCpuUs' | 'busy'> {
  // A system that says nothing of its processes has them at zero.
  if (clock(pid) === 0) return { cpuUs: null, otherCpuUs: null, busy: null };
  const cpuUs = perRequest(pid);
  const otherCpuUs = Object.fromEntries(Object.entries(others).map(([name, of]) => [name, perRequest(of)]));
  return { cpuUs, otherCpuUs, busy: (cpuUs * requests) / seconds / MICROSECONDS };
}
