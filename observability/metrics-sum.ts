import { AggregatorRegistry, type MetricObjectWithValues, type MetricValue } from 'prom-client';
import { registry } from './metrics.ts';

/** The metrics of one process, as they go from process to process. */
export type ProcessMetrics = MetricObjectWithValues<MetricValue<string>>[];

/** One slow process is what an alert must see; prom-client would give the average. */
const WORST = /^nodejs_eventloop_lag_(seconds|p\d+_seconds)$/;

/** This process's metrics, each with how those of several processes are put together (`aggregator`, else their sum). */
export async function readMetrics(): Promise<ProcessMetrics> {
  const metrics = (await registry.getMetricsAsJSON()) as ProcessMetrics;
  return metrics.map((metric) => (WORST.test(metric.name) ? { ...metric, aggregator: 'max' } : metric));
}

/** What only ever grows. It has to stay when its process ends: a sum that falls looks like a restart of everything. */
export const countsOf = (metrics: ProcessMetrics): ProcessMetrics =>
  // In prom-client's objects the type is its name, whatever their declaration says.
  metrics.filter(({ type }) => ['counter', 'histogram'].includes(String(type)));

/** The metrics of several processes as those of one. */
export const addUp = async (processes: readonly ProcessMetrics[]): Promise<ProcessMetrics> =>
  (await AggregatorRegistry.aggregate([...processes]).getMetricsAsJSON()) as ProcessMetrics;

/** The same in Prometheus' text format. */
export const addUpAsText = (processes: readonly ProcessMetrics[]): Promise<string> =>
  AggregatorRegistry.aggregate([...processes]).metrics();
