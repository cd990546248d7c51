import { parsePosition, type Position } from '@eduplatform/contracts/positions';
import { indexName } from '../sinks/search/indexes.ts';
import type { SinkKind } from './postgres.ts';
import type { Told } from './redis.ts';
import type { World } from './world.ts';

/** A reader was told something that is not so, or a sink does not hold what the database does. */
export class BrokenError extends Error {
  override name = 'BrokenError';
}

type Contents = ReadonlyMap<string, string>;

const parsed = new Map<string, string>();

/** There are but a few bodies. */
function contentOf(body: string): string {
  const known = parsed.get(body) ?? (JSON.parse(body) as { content: string }).content;
  parsed.set(body, known);
  return known;
}

/** What readers find in Redis, by key. */
function inRedis({ redis }: World, { generation }: Told): Contents {
  const documents = [...redis.space(generation).documents];
  return new Map(documents.flatMap(([key, { content }]) => (content === null ? [] : [[key, contentOf(content)]])));
}

/** Readers know the name of the index from Redis, else from the list of indexes. */
function inSearch({ engine }: World, { generation, epoch }: Told): Contents | null {
  const told = engine.data.indexes.get(indexName('', 'courses', { generation, epoch, isBeside: false }));
  const inUse = engine
    .list()
    .filter((index) => index.kind === 'courses' && !index.isBeside && index.generation === generation);
  const latest = inUse.toSorted((a, b) => b.epoch - a.epoch)[0];
  const documents = told ?? (latest && engine.data.indexes.get(latest.uid));
  return documents ? new Map([...documents].map(([key, { body }]) => [key, contentOf(body)])) : null;
}

/** Looks at the sinks as readers do, after every step. */
export class Readers {
  readonly #world: World;
  #last: Record<SinkKind, Told | null> = { redis: null, search: null };

  #isSetBack = false;

  constructor(world: World) {
    this.#world = world;
  }

  /** Something was set back on purpose: readers may be told so. */
  forget(): void {
    this.#last = { redis: null, search: null };
    this.#isSetBack = true;
  }

  /** Throws BrokenError when a watermark is past a change that cannot be read, or went back. */
  look(): void {
    for (const sink of ['redis', 'search'] as const) {
      const told = this.#world.redis.data[sink];
      if (!told || told === this.#last[sink]) continue;
      this.#assertForward(sink, told);
    }
    this.#assertHonest('redis');
    this.#assertHonest('search');
  }

  /** Throws BrokenError unless every document of the database is in the sinks, and nothing else. */
  compareAll(): void {
    const { postgres } = this.#world;
    for (const sink of ['redis', 'search'] as const) {
      const contents = this.#contents(sink);
      if (!contents) throw new BrokenError(`${sink} cannot be read`);
      const keys = new Set([...contents.keys(), ...postgres.data.documents.keys()]);
      for (const key of keys) {
        const wanted = postgres.data.documents.get(key)?.content;
        if (contents.get(key) !== wanted) {
          throw new BrokenError(`${sink} has ${contents.get(key)} for ${key}, the database ${wanted}`);
        }
      }
    }
  }

  #contents(sink: SinkKind): Contents | null {
    const told = this.#world.redis.data[sink];
    if (!told) return null;
    return sink === 'redis' ? inRedis(this.#world, told) : inSearch(this.#world, told);
  }

  #assertForward(sink: SinkKind, told: Told): void {
    const last = this.#last[sink];
    this.#last[sink] = told;
    if (!last || last.lives.database !== told.lives.database) return;
    // Until the leader has claimed a Redis anew that was flushed or set back, it knows of no epoch, or of an older one.
    if ((this.#world.redis.data.epoch ?? 0) < last.epoch && told.epoch < last.epoch) return;
    // A copy may be older than the generation that the database says is in use.
    if (this.#isSetBack && told.generation !== last.generation) {
      this.#isSetBack = false;
      return;
    }
    // The search sink's checkpoint follows behind its documents, and after a restart it tells that.
    const isBack = told.epoch < last.epoch || (sink === 'redis' && told.watermark < last.watermark);
    if (isBack) throw new BrokenError(`${sink} went back from ${describe(last)} to ${describe(told)}`);
  }

  #assertHonest(sink: SinkKind): void {
    const { postgres, redis, engineLife } = this.#world;
    const told = redis.data[sink];
    if (!told || postgres.isDoubtful || told.lives.database !== postgres.life) return;
    if (sink === 'search' && told.lives.server !== engineLife) return;
    if (parsePosition(told.watermark).history !== postgres.data.state.history) return;
    const contents = this.#contents(sink);
    if (!contents) return;
    for (const [key, changes] of postgres.data.changes) {
      const last = changes.findLastIndex(({ position }) => position < told.watermark);
      if (last < 0) continue;
      const found = contents.get(key) ?? null;
      if (!changes.slice(last).some(({ content }) => content === found)) {
        const due = changes[last];
        throw new BrokenError(`${sink} tells ${told.watermark} and has ${found} for ${key} instead of ${due?.content}`);
      }
    }
  }
}

const describe = ({ generation, epoch, watermark }: { generation: number; epoch: number; watermark: Position }) =>
  `generation ${generation}, epoch ${epoch}, ${watermark}`;
