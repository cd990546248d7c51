import type { SinkWatermark } from '@eduplatform/contracts/redis-keys';
import type { SearchServer as Address, SearchSinkName } from '@eduplatform/contracts/search-servers';
import type { Logger } from '@eduplatform/observability/logger';
import { searchBehind, searchInRotation, searchRetries } from '../metrics.ts';
import type { ReadModel } from '../read-model/read-model.ts';
import { keepWatch } from './keep-watch.ts';
import { inOrder, inRotation } from './rotation.ts';
import { SearchServer, type Search } from './search-server.ts';
import { SearchUnavailableError } from './unavailable.ts';

export interface SearchEngineOptions {
  /** Each with a key that may search and list indexes. */
  servers: readonly Address[];
  indexPrefix: string;
  readModel: ReadModel;
  logger: Logger;
  /** Milliseconds that a search may take, on however many servers it is tried. */
  timeoutMs?: number;
  /** For how many milliseconds a server may be without what the freshest has. */
  maxBehindMs?: number;
}

export interface Searched<T> {
  answer: T;
  /** Where the server that answered stood before it was asked. */
  mark: SinkWatermark | null;
  /** Whether it refused a newer version of the document, so that what is found of it is old. */
  isOld: (key: string) => boolean;
}

/** The search servers as one. */
export interface SearchEngine {
  /** What the configured servers are called. */
  readonly names: readonly SearchSinkName[];
  /** At least one server is in rotation. */
  readonly isUp: boolean;
  /** Where the freshest server in rotation stands; while none is, the freshest of all. */
  readonly mark: SinkWatermark | null;
  /**
   * Searches on a server of the rotation, one that has come to `after` if there is one; when it fails, on another, as long
   * as time and servers are left. Throws SearchUnavailableError.
   */
  run<T>(after: string | null, search: Search<T>): Promise<Searched<T>>;
  /** Calls `listener` whenever a server goes away or comes back. */
  onChange(listener: () => void): void;
  /** Begins to look after the servers in the background. */
  start(): void;
  stop(): void;
}

const TIMEOUT_MS = 800;
const MAX_BEHIND_MS = 5000;

export function createSearchEngine(options: SearchEngineOptions): SearchEngine {
  const { readModel, timeoutMs = TIMEOUT_MS, maxBehindMs = MAX_BEHIND_MS } = options;
  const listeners = new Set<() => void>();
  const onChange = (): void => listeners.forEach((listener) => listener());
  const servers = options.servers.map((address) => new SearchServer({ ...options, address, timeoutMs, onChange }));
  let turns = 0;

  const behindMs = ({ name }: SearchServer, freshest: SearchServer): number =>
    readModel.state.behindMs(name, freshest.name);
  const rotation = (among: readonly SearchServer[] = servers): SearchServer[] =>
    inRotation(among, maxBehindMs, behindMs);
  const measure = (): void => {
    const used = rotation();
    const freshest = freshestOf(servers);
    for (const server of servers) {
      searchInRotation.set({ server: server.name }, used.includes(server) ? 1 : 0);
      const behind = freshest ? behindMs(server, freshest) : 0;
      // One that nothing is known of is not so many seconds behind; it is out of rotation.
      if (Number.isFinite(behind)) searchBehind.set({ server: server.name }, behind / 1000);
    }
  };
  let stopWatching = (): void => {};

  return {
    names: servers.map(({ name }) => name),
    get isUp() {
      return rotation().length > 0;
    },
    get mark() {
      const used = rotation();
      return freshestOf(used.length > 0 ? used : servers)?.mark ?? null;
    },
    async run(after, search) {
      const deadline = performance.now() + timeoutMs;
      const turn = turns++;
      const tried = new Set<SearchServer>();
      let failure: SearchUnavailableError | undefined;
      for (;;) {
        const left = inOrder(rotation(servers.filter((server) => !tried.has(server))), after, turn);
        const [server] = left;
        const leftMs = deadline - performance.now();
        if (!server || leftMs <= 0) throw failure ?? new SearchUnavailableError(reasonOf(servers));
        const { mark } = server;
        if (failure) searchRetries.inc({ server: server.name });
        tried.add(server);
        try {
          const answer = await server.run(search, left.length > 1 ? leftMs / 2 : leftMs);
          return { answer, mark, isOld: (key) => readModel.state.isRefused(server.name, key) };
        } catch (error) {
          if (!(error instanceof SearchUnavailableError)) throw error;
          failure = error;
        }
      }
    },
    onChange: (listener) => void listeners.add(listener),
    start() {
      stopWatching = keepWatch(servers, { timeoutMs, onRound: measure });
    },
    stop: () => stopWatching(),
  };
}

const freshestOf = (servers: readonly SearchServer[]): SearchServer | undefined =>
  servers.toSorted((a, b) => ((a.position ?? '') < (b.position ?? '') ? 1 : -1))[0];

/** Why nobody can be asked: an index that is being built says more than a server that is away. */
const reasonOf = (servers: readonly SearchServer[]) =>
  servers.some(({ isAnswering, isComplete }) => isAnswering && !isComplete) ? 'building' : 'circuit_open';
