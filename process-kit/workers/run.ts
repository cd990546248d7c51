import cluster from 'node:cluster';
import type { Logger } from '@eduplatform/observability/logger';
import { startMetricsServer, type MetricsAddress } from '@eduplatform/observability/metrics';
import { runService, type RunningService } from '../service.ts';
import { countWorkers } from './count.ts';
import { tell } from './messages.ts';
import { WorkBoard } from './work-board.ts';
import { answerMetrics, WorkerMetrics } from './worker-metrics.ts';
import { WORKER_PLACE, WorkerPool } from './worker-pool.ts';

/** What a process knows of those beside it. */
export interface WorkerPlace {
  /** Of all workers this one does what need not be done by each. Where there is one process, it is that. */
  isFirst: boolean;
  /** How many processes serve. */
  count: number;
}

/** A service that can be served by several processes. */
export interface WorkerService<Config> {
  name: string;
  /** Throws an error that names what is wrong. */
  readConfig(): Config;
  /** `workers` as WEB_CONCURRENCY has it. */
  settingsOf(config: Config): { workers: string; metrics: MetricsAddress };
  start(config: Config, logger: Logger, place: WorkerPlace): Promise<RunningService>;
}

/**
 * Owns a service whose requests are answered by as many processes as WEB_CONCURRENCY says. One: by this process, without
 * a cluster. More: this process is the primary, which answers none of them. It passes connections on to workers that
 * share the port, replaces those that end, shows their metrics as one, and stops them when it is stopped itself.
 */
export async function runWorkers<Config>(service: WorkerService<Config>): Promise<void> {
  await runService(service.name, async (logger, fail) => {
    const config = service.readConfig();
    const { workers, metrics } = service.settingsOf(config);
    const count = countWorkers(workers);
    if (cluster.isWorker) return startWorker(service, config, logger, count);
    if (count > 1) return startPrimary({ count, metrics, logger, fail });
    const server = await startMetricsServer(metrics);
    logger.info({ metrics: server.url }, 'serving metrics');
    const running = await service.start(config, logger, { isFirst: true, count });
    return withLast(running, () => server.close());
  });
}

async function startWorker<Config>(
  service: WorkerService<Config>,
  config: Config,
  logger: Logger,
  count: number,
): Promise<RunningService> {
  // The socket that listens is the primary's. Where the channel to it was let go of (the local stack's guard does that),
  // nothing would keep this process alive. When the primary is gone the channel closes, and Node ends the worker.
  process.channel?.ref();
  answerMetrics();
  const running = await service.start(config, logger, { isFirst: process.env[WORKER_PLACE] === '0', count });
  tell(process, { worker: 'started' });
  return running;
}

interface PrimaryOptions {
  count: number;
  metrics: MetricsAddress;
  logger: Logger;
  fail(error: Error): void;
}

async function startPrimary({ count, metrics, logger, fail }: PrimaryOptions): Promise<RunningService> {
  const pool: WorkerPool = new WorkerPool({ count, logger, fail, onRestart: () => sum.countRestart() });
  const sum = new WorkerMetrics(() => pool.started());
  const server = await startMetricsServer(metrics, () => sum.read());
  logger.info({ metrics: server.url, workers: count }, 'serving metrics of the workers');
  new WorkBoard().listen();
  await pool.start();
  return { stop: () => pool.stop().finally(() => server.close()) };
}

/** The service, after whose stop something else is released. */
function withLast(running: RunningService, release: () => Promise<void>): RunningService {
  return {
    drain: () => running.drain?.(),
    async stop() {
      await running.stop();
      await release();
    },
  };
}
