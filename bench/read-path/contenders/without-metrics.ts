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
const takesNothing = () => ({ inc: ignore, dec: ignore, set: ignore, observe: ignore });
// Each counter and histogram has a method of its own, which it takes from these when it is made; and what `labels` answers
// counts without either.
for (const [{ prototype }, methods] of [
  [Counter, ['incWithoutExemplar', 'incWithExemplar', 'labels']],
  [Gauge, ['inc', 'dec', 'set', 'labels']],
  [Histogram, ['observeWithoutExemplar', 'observeWithExemplar', 'labels']],
] as const) {
  for (const method of methods) {
    if (!(method in prototype)) throw new Error(`metrics are not counted by ${method} any more`);
    Reflect.set(prototype, method, method === 'labels' ? takesNothing : ignore);
  }
}
