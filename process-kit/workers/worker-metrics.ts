import cluster, { type Worker } from 'node:cluster';
import { Counter, Gauge, Registry, registry } from '@eduplatform/observability/metrics';
import { addUp, addUpAsText, countsOf, readMetrics, type ProcessMetrics } from '@eduplatform/observability/metrics-sum';
import { ASK_METRICS, fromWorker, tell } from './messages.ts';

/** Longer than a worker's event loop should ever be busy, and shorter than Prometheus waits. */
const ANSWER_MS = 3000;

/** In a worker: tells its metrics to the primary whenever it asks. */
export function answerMetrics(): void {
  process.on('message', (message) => {
    if (message !== ASK_METRICS) return;
    void readMetrics().then((metrics) => tell(process, { worker: 'metrics', metrics }));
  });
}

/**
 * In the primary: the metrics of all workers as those of one process. A worker that does not answer in time counts with
 * what it said last, and what a worker that ended had counted stays: prom-client's own sum fails in the one case, and
 * falls in the other, which Prometheus would take for a burst of requests.
 */
export class WorkerMetrics {
  readonly #latest = new Map<number, ProcessMetrics>();
  readonly #waiting = new Map<number, () => void>();
  readonly #gone: ProcessMetrics[] = [];
  readonly #own = new Registry();
  readonly #restarts: Counter;
  #reading: Promise<string> | undefined;

  readonly #started: () => Worker[];

  /** `started` answers the workers that answer requests: those that still load would keep whoever asks waiting. */
  constructor(started: () => Worker[]) {
    this.#started = started;
    const registers = [this.#own];
    new Gauge({
      name: 'http_server_workers',
      help: 'Worker processes that answer requests',
      registers,
      collect() {
        this.set(started().length);
      },
    });
    this.#restarts = new Counter({
      name: 'http_server_worker_restarts_total',
      help: 'Workers that ended unasked and were replaced',
      registers,
    });
    const startTime = registry.getSingleMetric('process_start_time_seconds');
    if (startTime) this.#own.registerMetric(startTime);
    cluster.on('message', (worker, message: unknown) => this.#hear(worker, message));
    cluster.on('exit', (worker) => this.#keep(worker));
  }

  countRestart(): void {
    this.#restarts.inc();
  }

  /** In Prometheus' text format. */
  read(): Promise<string> {
    this.#reading ??= this.#collect().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #collect(): Promise<string> {
    await Promise.all(this.#started().map((worker) => this.#ask(worker)));
    if (this.#gone.length > 1) this.#gone.unshift(await addUp(this.#gone.splice(0)));
    const sum = await addUpAsText([...this.#gone, ...this.#latest.values()]);
    return `${sum}\n${await this.#own.metrics()}`;
  }

  /** Resolves when the worker has answered, has ended, or takes too long. */
  async #ask(worker: Worker): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#waiting.set(worker.id, resolve);
      timer = setTimeout(resolve, ANSWER_MS);
      tell(worker, ASK_METRICS);
    });
    clearTimeout(timer);
    this.#waiting.delete(worker.id);
  }

  #hear(worker: Worker, message: unknown): void {
    const told = fromWorker(message);
    // What comes late from a worker that has ended would be counted twice.
    if (told?.worker !== 'metrics' || worker.isDead()) return;
    this.#latest.set(worker.id, told.metrics);
    this.#waiting.get(worker.id)?.();
  }

  #keep({ id }: Worker): void {
    const last = this.#latest.get(id);
    if (last) this.#gone.push(countsOf(last));
    this.#latest.delete(id);
    this.#waiting.get(id)?.();
  }
}
