import type { Meilisearch } from 'meilisearch';
import { parseSearchIndexName, searchIndexName } from '@eduplatform/contracts/search-index';
import type { SearchSinkName } from '@eduplatform/contracts/search-servers';
import type { ReadModel } from '../read-model/read-model.ts';
import type { IndexNames } from './requests.ts';

interface Indexes {
  generation: number;
  epoch: number;
}

const MAX_INDEXES = 1000;

export interface IndexNameOptions {
  prefix: string;
  readModel: ReadModel;
  /** The sink of the server. */
  sink: SearchSinkName;
}

/** Finds the names of the live indexes of a server: from Redis, else from the server's list. */
export class IndexNameResolver {
  readonly #client: Meilisearch;
  readonly #prefix: string;
  readonly #readModel: ReadModel;
  readonly #sink: SearchSinkName;
  #listed: Indexes | null = null;

  constructor(client: Meilisearch, { prefix, readModel, sink }: IndexNameOptions) {
    this.#client = client;
    this.#prefix = prefix;
    this.#readModel = readModel;
    this.#sink = sink;
  }

  /** The names to use; null while nothing has been built. */
  async resolve(): Promise<IndexNames | null> {
    const search = this.#readModel.state.search(this.#sink);
    if (search) return search.ready ? this.#names(this.#newer(search)) : null;
    if (this.#readModel.isUp) return null;
    this.#listed ??= await this.#list(null);
    return this.#listed && this.#names(this.#listed);
  }

  /** The names to use after an index was not found: what Redis says now, else what the list says. */
  async resolveAgain(missing: IndexNames): Promise<IndexNames | null> {
    this.#listed = null;
    // Redis may be away: then the list is all there is.
    await this.#readModel.confirm().catch(() => {});
    const search = this.#readModel.state.search(this.#sink);
    const told = search ? this.#names(search) : null;
    if (told && told.courses !== missing.courses) return told;
    this.#listed = await this.#list(search?.generation ?? null);
    return this.#listed && this.#names(this.#listed);
  }

  /** An epoch that was listed after Redis had told an older one stays in use until Redis catches up. */
  #newer(told: Indexes): Indexes {
    const listed = this.#listed;
    return listed && listed.generation === told.generation && listed.epoch > told.epoch ? listed : told;
  }

  #names({ generation, epoch }: Indexes): IndexNames {
    return {
      courses: searchIndexName(this.#prefix, 'courses', generation, epoch),
      lessons: searchIndexName(this.#prefix, 'lessons', generation, epoch),
    };
  }

  /** The highest epoch of the wanted generation, else of the highest generation that has both indexes. */
  async #list(generation: number | null): Promise<Indexes | null> {
    const { results } = await this.#client.getRawIndexes({ limit: MAX_INDEXES });
    const found = results.flatMap(({ uid }) => parseSearchIndexName(this.#prefix, uid) ?? []);
    const complete = found.filter(
      ({ kind, ...indexes }) =>
        kind === 'courses' && found.some((other) => other.kind === 'lessons' && same(other, indexes)),
    );
    const wanted = complete.filter((indexes) => generation === null || indexes.generation === generation);
    // A generation that is not in use any more has other names: the swap is done, and Redis does not know of it yet.
    return (
      (wanted.length > 0 ? wanted : complete).sort((a, b) => b.generation - a.generation || b.epoch - a.epoch)[0] ??
      null
    );
  }
}

const same = (a: Indexes, b: Indexes): boolean => a.generation === b.generation && a.epoch === b.epoch;
