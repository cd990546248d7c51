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

/**
 * Of work that one worker does for all (`doOnce`). From a worker: `wanted`, then `done` or `failed`. To a worker: `yours`
 * to do, or `done` elsewhere.
 */
export type Work = { key: string } & (
  { work: 'wanted' | 'yours' | 'failed'; outcome?: never } | { work: 'done'; outcome: unknown }
);

/** To a worker: end, as every program of the stack is told. */
export const SHUTDOWN = 'shutdown';
/** To a worker: tell the metrics. */
export const ASK_METRICS = 'metrics';

const isObject = (message: unknown): message is object => typeof message === 'object' && message !== null;

/** The message, if a worker says something of itself. */
export const fromWorker = (message: unknown): FromWorker | null =>
  isObject(message) && 'worker' in message ? (message as FromWorker) : null;

/** The message, if it is about work that is done once. */
export const workOf = (message: unknown): Work | null =>
  isObject(message) && 'work' in message ? (message as Work) : null;

/** Sends to the other end, which may be gone: whoever cares about its end hears of it otherwise. */
export function tell(end: { send?: typeof process.send }, message: FromWorker | Work | string): void {
  end.send?.(message, undefined, undefined, () => {});
}
