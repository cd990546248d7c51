import { createPool } from '@eduplatform/db/pool';
import type { Logger } from '@eduplatform/observability/logger';
import { searchSinksOf, type Config } from './config.ts';
import { takeOver, type Term } from './leader/identity.ts';
import { becomeLeader } from './leader/leader.ts';
import { keepPartitions, type Standing } from './retention/retain.ts';
import { LagHistory } from './run/lag-history.ts';
import { ANNOUNCE_MS } from './run/pause.ts';
import { sample } from './run/sample.ts';
import { Steward } from './rebuild/steward.ts';
import type { RebuildStep } from './rebuild/rebuild.ts';
import { SinkRunner } from './run/sink-runner.ts';
import type { SinkStatus } from './run/status.ts';
import { LateTermError } from './run/term-errors.ts';
import { readPauses, watchPauses } from './run/watch-pauses.ts';
import { RedisSink } from './sinks/redis/redis-sink.ts';
import { SearchSink } from './sinks/search/search-sink.ts';
import type { Sink } from './sinks/sink.ts';
import { WakeUp } from './source/wake-up.ts';
import { workOnVerifications } from './verify/verify-jobs.ts';

export type IndexerConfig = Pick<Config, 'databaseUrl' | 'redis' | 'search' | 'pollMs'> &
  Partial<Pick<Config, 'retention'>>;

export interface IndexerOptions {
  config: IndexerConfig;
  logger: Logger;
  /** This process must not go on: its leadership is lost. */
  onFatal: (error: Error) => void;
  /** Instead of the sinks that the configuration names, for tests. */
  sinks?: Sink[];
  /** False: no NOTIFY is heard, and only the poll finds new rows. */
  listens?: boolean;
  /** How often an idle sink tells the horizon at least, in milliseconds. */
  announceMs?: number;
  /** Called between the steps of a rebuild; the signal ends when it is given up. For tests. */
  onRebuildStep?: (step: RebuildStep, signal: AbortSignal) => Promise<void>;
}

export interface Indexer {
  readonly pool: ReturnType<typeof createPool>;
  /** Null until this process leads. */
  epoch(): number | null;
  sinks(): SinkStatus[];
  /** How far the sinks were behind in the last hour, as far as this process has led. */
  readonly history: LagHistory;
  /** Ends after what is being written, and gives the leadership back. May be called twice. */
  stop(): Promise<void>;
}

/** Starts the indexer: it waits to become the leader, then keeps each sink going by itself. */
export function startIndexer(options: IndexerOptions): Indexer {
  const { config, logger, onFatal, sinks, listens = true, announceMs = ANNOUNCE_MS, onRebuildStep } = options;
  const stopping = new AbortController();
  const onError = (error: Error) => logger.warn({ err: error }, 'a connection failed');
  const pool = createPool({ connectionString: config.databaseUrl, applicationName: 'indexer', onError });
  const wakeUp = new WakeUp();
  if (listens) wakeUp.listen(config.databaseUrl, onError);
  const keepers = (sinks ?? configuredSinks(config, onError)).map((sink) => {
    const shared = { sink, db: pool, wakeUp, pollMs: config.pollMs, announceMs, logger };
    const runner = new SinkRunner(shared);
    return { runner, steward: new Steward({ ...shared, runner, ...(onRebuildStep && { onStep: onRebuildStep }) }) };
  });
  const runners = keepers.map(({ runner }) => runner);
  const statuses = (): SinkStatus[] => runners.map(({ status }) => status);
  const standings = (): Standing[] =>
    keepers.map(({ runner: { status }, steward }) => ({
      sink: status.name,
      checkpoint: status.checkpoint,
      next: steward.nextCheckpoint,
    }));
  const history = new LagHistory();
  let epoch: number | null = null;
  const fail = (error: Error): void => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    onFatal(error);
  };

  /** Ends when stopped, or with the epoch that a sink holds and the next term has to surpass. */
  const serve = async (term: Term): Promise<number> => {
    const ending = new AbortController();
    const signal = AbortSignal.any([stopping.signal, ending.signal]);
    // Nothing of a sink that is paused is touched at all, also by a new leader.
    await readPauses(pool, runners);
    const parts = [
      ...keepers.flatMap(({ runner, steward }) => [runner.run(term, signal), steward.run(term, signal)]),
      sample(pool, statuses, logger, signal, history),
      watchPauses(pool, runners, { logger, signal }),
      config.retention &&
        keepPartitions({ pool, standings, ages: config.retention, epoch: term.epoch, logger }, signal),
      workOnVerifications({ config, pool, sinks: statuses, epoch: term.epoch, logger, signal }),
    ];
    try {
      await Promise.all(parts);
      return 0;
    } catch (error) {
      if (!(error instanceof LateTermError)) throw error;
      logger.warn({ err: error, heldEpoch: error.heldEpoch }, 'a sink is older than Postgres; taking over again');
      ending.abort();
      // Whatever else a sink met in the term that is over, it meets again in the next one.
      await Promise.allSettled(parts);
      return error.heldEpoch;
    }
  };

  const lead = async (): Promise<void> => {
    const leadership = await becomeLeader(config.databaseUrl, stopping.signal, onError);
    if (!leadership) return;
    void leadership.lost.then(fail);
    try {
      let heldEpoch = 0;
      while (!stopping.signal.aborted) {
        const term = await takeOver(leadership.session, heldEpoch);
        epoch = term.epoch;
        logger.info({ epoch, ...term.identity }, 'leading');
        heldEpoch = await serve(term);
      }
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
    history,
    stop: () => (stopped ??= stop()),
  };
}

const configuredSinks = (config: IndexerConfig, onError: (error: Error) => void): Sink[] => [
  new RedisSink({ ...config.redis, onError }),
  ...searchSinksOf(config.search).map((server) => new SearchSink({ ...server, redis: config.redis, onError })),
];
