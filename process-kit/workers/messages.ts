/** What primary and worker say to each other. Node's own messages and those of `--watch` share the channel. */
import type { ProcessMetrics } from '@eduplatform/observability/metrics-sum';

/** From a worker: it answers requests. */
interface Started {
  worker: 'started';
}
/** From a worker: what it was asked for. */
interface Metrics {
  worker: 'metrics';
  metrics: ProcessMetrics;
}
export type FromWorker = Started | Metrics;

/** To a worker: end, as every program of the stack is told. */
export const SHUTDOWN = 'shutdown';
/** To a worker: tell the metrics. */
export const ASK_METRICS = 'metrics';

/** The message, if it is one of ours. */
export const fromWorker = (message: unknown): FromWorker | null =>
  typeof message === 'object' && message !== null && 'worker' in message ? (message as FromWorker) : null;

/** Sends to the other end, which may be gone: whoever cares about its end hears of it otherwise. */
export function tell(end: { send?: typeof process.send }, message: FromWorker | string): void {
  end.send?.(message, undefined, undefined, () => {});
}
