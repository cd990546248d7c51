import autocannon from 'autocannon';
import type { Burst } from './burst.ts';

export interface CannonResult {
  requestsPerSecond: number;
  p99Ms: number;
  requests: number;
  /** Answers that were no 2xx, and requests that got none. */
  failed: number;
}

/** A burst by autocannon, inside this process. */
export async function fire({ url, requests, connections, seconds }: Omit<Burst, 'perSecond'>): Promise<CannonResult> {
  const startedAt = performance.now();
  const result = await autocannon({
    ...{ url, connections, duration: seconds, sampleInt: SAMPLE_MS },
    requests: requests.map(({ path, headers }) => ({ method: 'GET', path, ...(headers && { headers }) })),
  });
  const took = (performance.now() - startedAt) / 1000;
  const requestCount = result['2xx'] + result.non2xx;
  return {
    requestsPerSecond: result['2xx'] / took,
    p99Ms: result.latency.p99,
    requests: requestCount,
    failed: result.non2xx + result.errors + result.timeouts,
  };
}

/** How often it takes stock of itself. */
const SAMPLE_MS = 100;
