/**
 * Preloaded (`node --import`) into a service: nothing is measured. The hook that times requests is not registered, and
 * counters, gauges and histograms take no values. Nothing else about it changes.
 */
import { registerHooks } from 'node:module';
import { Counter, Gauge, Histogram } from '@eduplatform/observability/metrics';

const NOTHING = 'export function measureRequests() {} export class RequestDurations { observe() {} }';

registerHooks({
  load: (url, context, nextLoad) =>
    url.endsWith('/http-kit/request-metrics.ts')
      ? { format: 'module', source: NOTHING, shortCircuit: true }
      : nextLoad(url, context),
});
const ignore = (): void => {};
Counter.prototype.inc = ignore;
Histogram.prototype.observe = ignore;
for (const method of ['inc', 'dec', 'set'] as const) Gauge.prototype[method] = ignore;
