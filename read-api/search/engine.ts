import { Meilisearch, MeilisearchApiError } from 'meilisearch';
import type { Logger } from '@eduplatform/observability/logger';
import { circuitOpen, searchDuration } from '../metrics.ts';
import { CircuitBreaker, CircuitOpenError } from '../read-model/circuit-breaker.ts';
import type { ReadModel } from '../read-model/read-model.ts';
import { IndexNameResolver } from './index-names.ts';
import type { IndexNames } from './requests.ts';

export interface SearchEngineOptions {
  url: string;
  /** A key that may search and list indexes. */
  apiKey: string;
  indexPrefix: string;
  readModel: ReadModel;
  logger: Logger;
  /** Milliseconds that one request may take. */
  timeoutMs?: number;
}

export type UnavailableReason = 'building' | 'circuit_open' | 'unreachable' | 'refused';

/** The search engine cannot answer; the catalog lists can. */
export class SearchUnavailableError extends Error {
  readonly reason: UnavailableReason;

  constructor(reason: UnavailableReason, cause?: unknown) {
    super(`the search engine cannot answer: ${reason}`, { cause });
    this.name = 'SearchUnavailableError';
    this.reason = reason;
  }
}

export type SearchClient = Pick<Meilisearch, 'multiSearch'>;

export interface SearchEngine {
  /** The circuit is closed, and the index is not known to be incomplete. */
  readonly isUp: boolean;
  /** Runs searches on the live indexes; once more when they were renamed meanwhile. Throws SearchUnavailableError. */
  run<T>(search: (client: SearchClient, names: IndexNames) => Promise<T>): Promise<T>;
}

const TIMEOUT_MS = 800;
const CIRCUIT_OPEN_MS = 1000;
const MAX_SEARCHES = 64;

export function createSearchEngine(options: SearchEngineOptions): SearchEngine {
  const { url, apiKey, indexPrefix, readModel, logger, timeoutMs = TIMEOUT_MS } = options;
  const client = new Meilisearch({ host: url, apiKey, timeout: timeoutMs });
  const names = new IndexNameResolver(client, indexPrefix, readModel);
  const circuit = new CircuitBreaker({
    name: 'the search engine',
    openMs: CIRCUIT_OPEN_MS,
    maxConcurrent: MAX_SEARCHES,
    judge: (error) => (error instanceof SearchUnavailableError ? 'unknown' : isRefusal(error) ? 'well' : 'ill'),
    onChange: (open) => {
      circuitOpen.set({ dependency: 'search' }, open ? 1 : 0);
      logger.warn({ open }, 'the circuit to the search engine changed');
    },
  });

  const attempt: SearchEngine['run'] = async (search) => {
    const known = await names.resolve();
    if (!known) throw new SearchUnavailableError('building');
    try {
      return await search(client, known);
    } catch (error) {
      if (codeOf(error) !== 'index_not_found') throw error;
      const renamed = await names.resolveAgain(known);
      if (!renamed) throw new SearchUnavailableError('building', error);
      return search(client, renamed);
    }
  };

  return {
    get isUp() {
      return !circuit.isOpen && readModel.state.search?.ready !== false;
    },
    async run(search) {
      const stop = searchDuration.startTimer();
      try {
        const answer = await circuit.run(() => attempt(search));
        stop({ outcome: 'ok' });
        return answer;
      } catch (error) {
        const failure = asUnavailable(error);
        stop({ outcome: failure.reason });
        if (failure.reason === 'refused') logger.error({ err: error }, 'the search engine refused a request');
        throw failure;
      }
    },
  };
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
