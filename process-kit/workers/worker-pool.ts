import cluster, { type Worker } from 'node:cluster';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@eduplatform/observability/logger';
import { fromWorker, SHUTDOWN, tell } from './messages.ts';
import { Restarts, type WorkerEnd } from './restarts.ts';

/** Environment variable with a worker's place among the others, from 0; its replacement has the same. */
export const WORKER_PLACE = 'EDU_WORKER_PLACE';

/** What workers may take to stop: less than the primary has, so that it ends after them. */
const STOP_MS = 9000;

export interface WorkerPoolOptions {
  count: number;
  logger: Logger;
  /** Told when workers fail again and again, after `start` has resolved. */
  fail(error: Error): void;
  /** Told when a worker is replaced. */
  onRestart(): void;
}

/** The workers of a service, seen from the primary: as many as there should be, until they are stopped. */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #restarts = new Restarts();
  /** How each of those that run will end. */
  readonly #alive = new Map<Worker, Promise<string>>();
  readonly #started = new Set<Worker>();
  readonly #stopping = new AbortController();
  readonly #firstStart = Promise.withResolvers<true>();
  #isServing = false;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
  }

  /** Those that answer requests. */
  started(): Worker[] {
    return [...this.#started];
  }

  /**
   * Resolves when the first worker answers requests; the others follow. Rejects when it cannot start: what is wrong is
   * then said once and not by each of them.
   */
  async start(): Promise<void> {
    this.#keepRunning(0);
    await this.#firstStart.promise;
    this.#isServing = true;
    for (let place = 1; place < this.#options.count; place += 1) this.#keepRunning(place);
  }

  /** Lets every worker answer what it has begun, and waits for their end. Rejects when one did not end well. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const alive = [...this.#alive.keys()];
    const serving = this.started();
    const ended = Promise.all(this.#alive.values());
    for (const worker of alive) {
      // By message: a second signal, after that of a terminal or a service manager to the whole group, would cut requests off.
      if (this.#started.has(worker)) tell(worker, SHUTDOWN);
      else worker.process.kill();
    }
    const timer = setTimeout(() => {
      for (const worker of this.#alive.keys()) worker.process.kill('SIGKILL');
    }, STOP_MS);
    await ended;
    clearTimeout(timer);
    const failed = serving.filter(({ process: { exitCode } }) => exitCode !== 0);
    if (failed.length > 0) throw new Error(`${failed.length} of ${serving.length} workers did not stop as they should`);
  }

  #keepRunning(place: number): void {
    this.#run(place).catch((error: Error) => {
      if (this.#stopping.signal.aborted) return;
      if (this.#isServing) this.#options.fail(error);
      else this.#firstStart.reject(error);
    });
  }

  /** Runs one worker after the other. @throws when that has no prospect of success, and when the pool is stopped. */
  async #run(place: number): Promise<void> {
    const { signal } = this.#stopping;
    for (;;) {
      const { how, ...end } = await this.#runOnce(place);
      signal.throwIfAborted();
      const delayMs = this.#restarts.next(end);
      if (delayMs === null) throw new Error(`Workers cannot start (${how}); what is wrong is in the log above`);
      this.#options.logger.error({ place, how, delayMs }, 'a worker ended; another takes its place');
      this.#options.onRestart();
      await delay(delayMs, undefined, { signal });
    }
  }

  async #runOnce(place: number): Promise<WorkerEnd & { how: string }> {
    const since = performance.now();
    const worker = cluster.fork({ [WORKER_PLACE]: String(place) });
    const ended = this.#endOf(worker);
    this.#alive.set(worker, ended);
    worker.on('message', (message: unknown) => {
      if (fromWorker(message)?.worker !== 'started') return;
      this.#started.add(worker);
      this.#restarts.started();
      this.#firstStart.resolve(true);
    });
    const how = await ended;
    const end = { wasStarted: this.#started.has(worker), ranMs: performance.now() - since };
    this.#alive.delete(worker);
    this.#started.delete(worker);
    return { ...end, how };
  }

  /** Resolves when its process has ended, or could not be made. */
  #endOf(worker: Worker): Promise<string> {
    const { pid } = worker.process;
    return new Promise((resolve) => {
      worker.on('exit', (code: number | null, signal: string | null) =>
        resolve(`process ${pid}: ${signal ?? `exit code ${code}`}`),
      );
      // Without a listener it would end the primary: a message that no longer reached the worker, for example.
      worker.on('error', (error) => {
        this.#options.logger.warn({ err: error, pid }, 'the channel to a worker failed');
        if (pid === undefined) resolve(error.message);
      });
    });
  }
}
