import { Meilisearch, MeilisearchApiError } from 'meilisearch';
import type { SinkWatermark } from '@eduplatform/contracts/redis-keys';
import type { SearchServer as Address } from '@eduplatform/contracts/search-servers';
import type { Logger } from '@eduplatform/observability/logger';
import { circuitOpen, searchDuration } from '../metrics.ts';
import { CircuitBreaker, CircuitOpenError } from '../read-model/circuit-breaker.ts';
import type { ReadModel } from '../read-model/read-model.ts';
import { IndexNameResolver } from './index-names.ts';
import type { IndexNames } from './requests.ts';
import type { Standing } from './rotation.ts';
import { SearchUnavailableError } from './unavailable.ts';

export type SearchClient = Pick<Meilisearch, 'multiSearch'>;
export type Search<T> = (client: SearchClient, names: IndexNames) => Promise<T>;

export interface SearchServerOptions {
  address: Address;
  indexPrefix: string;
  readModel: ReadModel;
  logger: Logger;
  /** Milliseconds after which a request is given up at the latest. */
  timeoutMs: number;
  /** Called when it goes away or comes back. */
  onChange: () => void;
}

const CIRCUIT_OPEN_MS = 500;
const MAX_SEARCHES = 64;

/** One search server as the read API sees it: whether it answers, how fresh its index is, how busy it is. */
export class SearchServer implements Standing {
  readonly name: Address['name'];
  readonly #options: SearchServerOptions;
  readonly #client: Meilisearch;
  readonly #names: IndexNameResolver;
  readonly #circuit: CircuitBreaker;
  #outstanding = 0;
  #answeredAt = Number.NEGATIVE_INFINITY;

  constructor(options: SearchServerOptions) {
    const { address, indexPrefix, readModel, logger, timeoutMs, onChange } = options;
    this.name = address.name;
    this.#options = options;
    this.#client = new Meilisearch({ host: address.url, apiKey: address.key, timeout: timeoutMs });
    this.#names = new IndexNameResolver(this.#client, { prefix: indexPrefix, readModel, sink: address.name });
    this.#circuit = new CircuitBreaker({
      name: address.name,
      openMs: CIRCUIT_OPEN_MS,
      maxConcurrent: MAX_SEARCHES,
      judge: (error) => (error instanceof SearchUnavailableError ? 'unknown' : isRefusal(error) ? 'well' : 'ill'),
      onChange: (open) => {
        circuitOpen.set({ dependency: this.name }, open ? 1 : 0);
        logger.warn({ server: this.name, open }, 'the circuit to a search server changed');
        onChange();
      },
    });
  }

  get outstanding(): number {
    return this.#outstanding;
  }

  get mark(): SinkWatermark | null {
    return this.#options.readModel.state.mark(this.name);
  }

  get position(): string | null {
    return this.mark?.position ?? null;
  }

  get isAnswering(): boolean {
    return !this.#circuit.isOpen;
  }

  /** Without Redis nobody tells whether the index is complete; then it is taken to be. */
  get isComplete(): boolean {
    const { state, isUp } = this.#options.readModel;
    return state.search(this.name)?.ready ?? !isUp;
  }

  get isUp(): boolean {
    return this.isAnswering && this.isComplete;
  }

  /** Milliseconds since it last answered. */
  get silentMs(): number {
    return performance.now() - this.#answeredAt;
  }

  /** Searches the live indexes, once more when they were renamed meanwhile. Throws SearchUnavailableError. */
  async run<T>(search: Search<T>, timeoutMs: number): Promise<T> {
    const stop = searchDuration.startTimer({ server: this.name });
    this.#outstanding += 1;
    try {
      const answer = await this.#try(search, timeoutMs);
      stop({ outcome: 'ok' });
      return answer;
    } catch (error) {
      const failure = asUnavailable(error);
      stop({ outcome: failure.reason });
      if (failure.reason === 'refused') {
        this.#options.logger.error({ err: error, server: this.name }, 'a search server refused a request');
      }
      throw failure;
    } finally {
      this.#outstanding -= 1;
    }
  }

  /** Finds out by the smallest search there is whether it answers. Never rejects: its circuit keeps what came of it. */
  async probe(timeoutMs: number): Promise<void> {
    await this.#try(SMALLEST, timeoutMs).catch(() => {});
  }

  async #try<T>(search: Search<T>, timeoutMs: number): Promise<T> {
    const answer = await this.#circuit.run(() => this.#attempt(search, AbortSignal.timeout(Math.ceil(timeoutMs))));
    this.#answeredAt = performance.now();
    return answer;
  }

  async #attempt<T>(search: Search<T>, signal: AbortSignal): Promise<T> {
    const known = await within(signal, this.#names.resolve());
    if (!known) throw new SearchUnavailableError('building');
    try {
      return await within(signal, search(this.#client, known));
    } catch (error) {
      if (codeOf(error) !== 'index_not_found') throw error;
      const renamed = await within(signal, this.#names.resolveAgain(known));
      if (!renamed) throw new SearchUnavailableError('building', error);
      return within(signal, search(this.#client, renamed));
    }
  }
}

const SMALLEST: Search<unknown> = (client, { courses }) =>
  client.multiSearch({ queries: [{ indexUid: courses, q: '', limit: 0, attributesToRetrieve: ['id'] }] });

/** Rejects when the time is up, whatever is waited for. */
function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(signal.reason as Error);
    if (signal.aborted) return giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}

function asUnavailable(error: unknown): SearchUnavailableError {
  if (error instanceof SearchUnavailableError) return error;
  if (error instanceof CircuitOpenError) return new SearchUnavailableError('circuit_open', error);
  return new SearchUnavailableError(isRefusal(error) ? 'refused' : 'unreachable', error);
}

/** It answers, but not to this: a wrong key, or a request it does not understand. */
const isRefusal = (error: unknown): boolean => error instanceof MeilisearchApiError && error.response.status < 500;

const codeOf = (error: unknown): string | undefined =>
  error instanceof MeilisearchApiError ? error.cause?.code : undefined;
