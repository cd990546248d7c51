import { Counter, registry } from '@eduplatform/observability/metrics';

const registers = [registry];

/** Exchanges with Redis that failed; the limits of one process went on by themselves. */
export const storeErrors = new Counter({
  name: 'rate_limit_store_errors_total',
  help: 'Calls to the shared counters of the rate limits that failed; meanwhile each process counts for itself',
  registers,
});

export const refusedRequests = new Counter({
  name: 'rate_limited_requests_total',
  help: 'Requests refused because their caller had used up the limit, by rate class',
  labelNames: ['class'] as const,
  registers,
});
