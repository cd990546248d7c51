import { createPool } from '@eduplatform/db/pool';
import type { Logger } from '@eduplatform/observability/logger';
import type { Config } from './config.ts';
import { takeOver } from './leader/identity.ts';
import { becomeLeader } from './leader/leader.ts';
import { sample } from './run/sample.ts';
import { SinkRunner } from './run/sink-runner.ts';
import type { SinkStatus } from './run/status.ts';
import { RedisSink } from './sinks/redis/redis-sink.ts';
import { SearchSink } from './sinks/search/search-sink.ts';
import type { Sink } from './sinks/sink.ts';
import { WakeUp } from './source/wake-up.ts';

export type IndexerConfig = Pick<Config, 'databaseUrl' | 'redis' | 'search' | 'pollMs'>;

export interface IndexerOptions {
  config: IndexerConfig;
  logger: Logger;
  /** This process must not go on: its leadership is lost. */
  onFatal: (error: Error) => void;
  /** Instead of the sinks that the configuration names, for tests. */
  sinks?: Sink[];
  /** False: no NOTIFY is heard, and only the poll finds new rows. */
  listens?: boolean;
}

export interface Indexer {
  readonly pool: ReturnType<typeof createPool>;
  /** Null until this process leads. */
  epoch(): number | null;
  sinks(): SinkStatus[];
  /** Ends after what is being written, and gives the leadership back. May be called twice. */
  stop(): Promise<void>;
}

/** Starts the indexer: it waits to become the leader, then keeps each sink going by itself. */
export function startIndexer({ config, logger, onFatal, sinks, listens = true }: IndexerOptions): Indexer {
  const stopping = new AbortController();
  const onError = (error: Error) => logger.warn({ err: error }, 'a connection failed');
  const pool = createPool({ connectionString: config.databaseUrl, applicationName: 'indexer', onError });
  const wakeUp = new WakeUp();
  if (listens) wakeUp.listen(config.databaseUrl, onError);
  const runners = (sinks ?? configuredSinks(config, onError)).map(
    (sink) => new SinkRunner({ sink, db: pool, wakeUp, pollMs: config.pollMs, logger }),
  );
  const statuses = (): SinkStatus[] => runners.map(({ status }) => status);
  let epoch: number | null = null;
  const fail = (error: Error): void => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    onFatal(error);
  };

  const lead = async (): Promise<void> => {
    const leadership = await becomeLeader(config.databaseUrl, stopping.signal, onError);
    if (!leadership) return;
    void leadership.lost.then(fail);
    try {
      const term = await takeOver(pool);
      epoch = term.epoch;
      logger.info({ epoch, ...term.identity }, 'leading');
      const sampling = sample(pool, statuses, logger, stopping.signal);
      await Promise.all(runners.map((runner) => runner.run(term, stopping.signal)));
      await sampling;
    } finally {
      await leadership.release();
    }
  };
  const running = lead().catch(fail);

  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    stopping.abort();
    await running;
    await wakeUp.close();
    await pool.end();
  };
  return {
    pool,
    epoch: () => epoch,
    sinks: statuses,
    stop: () => (stopped ??= stop()),
  };
}

const configuredSinks = (config: IndexerConfig, onError: (error: Error) => void): Sink[] => [
  new RedisSink({ ...config.redis, onError }),
  new SearchSink({ ...config.search, redis: config.redis, onError }),
];
