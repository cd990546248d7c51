import type { Position } from '@eduplatform/contracts/positions';
import type { Checkpoint } from '../checkpoint.ts';
import type { Held, Prepared } from '../sinks/redis/prepare.ts';
import { FencedError, ReopenError } from '../sinks/sink.ts';
import type { Rule } from './rules.ts';

interface Space {
  documents: Map<string, Held & { content: string | null }>;
  checkpoint: { value: Checkpoint; position: Position } | null;
}

/** What readers are told of a sink. */
export interface Told {
  generation: number;
  epoch: number;
  watermark: Position;
  /** Of the database, and of the search server, that it was said of. */
  lives: { database: number; server: number };
}

interface Data {
  epoch: number | null;
  spaces: Map<number, Space>;
  redis: Told | null;
  search: Told | null;
}

export interface Chunk {
  epoch: number;
  generation: number;
  /** Position that the checkpoint must have; '' for any. */
  expected: string;
  changes: readonly Prepared[];
  checkpoint: Checkpoint | null;
  position: Position;
  /** 'unready': readers are told to come again. */
  told: Told | 'unready' | null;
}

const EMPTY: Data = { epoch: null, spaces: new Map(), redis: null, search: null };
const NOTHING: Held = { version: null, hash: null, isTombstone: false, lists: null };

/** A Redis in memory, with the sink's scripts as they are in Lua: each is one step. */
export class ModelRedis {
  readonly #off: Rule | null;
  /** Counts restarts: each ends all connections. */
  life = 0;
  data: Data = structuredClone(EMPTY);

  constructor(off: Rule | null) {
    this.#off = off;
  }

  space(generation: number): Space {
    const found = this.data.spaces.get(generation) ?? { documents: new Map(), checkpoint: null };
    this.data.spaces.set(generation, found);
    return found;
  }

  claim(epoch: number): void {
    if (this.data.epoch !== null && this.data.epoch > epoch && this.#off !== 'Redis checks the epoch') {
      throw new FencedError('epoch', this.data.epoch);
    }
    this.data.epoch = epoch;
  }

  held(generation: number, keys: readonly string[]): Held[] {
    return keys.map((key) => this.space(generation).documents.get(key) ?? NOTHING);
  }

  apply({ epoch, generation, expected, changes, checkpoint, position, told }: Chunk): void {
    if (this.data.epoch !== epoch && this.#off !== 'Redis checks the epoch') {
      if (this.data.epoch !== null && this.data.epoch > epoch) throw new FencedError('epoch', this.data.epoch);
      throw new ReopenError('the epoch is gone');
    }
    const space = this.space(generation);
    const isCompared = expected !== '' && this.#off !== 'the checkpoint is compared before it moves';
    if (isCompared && space.checkpoint?.position !== expected) throw new ReopenError('the checkpoint is another one');
    for (const change of changes) this.#take(space, change);
    if (checkpoint) space.checkpoint = { value: checkpoint, position };
    if (told) this.data.redis = told === 'unready' ? null : told;
  }

  announce(epoch: number, told: Told | null): void {
    if (this.data.epoch !== null && this.data.epoch > epoch && this.#off !== 'Redis checks the epoch') {
      throw new FencedError('epoch', this.data.epoch);
    }
    this.data.search = told;
  }

  /** Never the one that readers are told of. */
  removeGenerations(isGarbage: (generation: number) => boolean): void {
    const told = this.data.redis?.generation;
    for (const generation of this.data.spaces.keys()) {
      if (generation !== told && isGarbage(generation)) this.data.spaces.delete(generation);
    }
  }

  clear(generation: number): void {
    this.data.spaces.delete(generation);
  }

  flush(): void {
    this.data = structuredClone(EMPTY);
  }

  restart(copy: Data): void {
    this.life += 1;
    this.data = structuredClone(copy);
  }

  #take(space: Space, { key, version, kind, body, hash }: Prepared): void {
    const held = space.documents.get(key);
    const isGreater = !held || held.version === null || held.version < version;
    if (!isGreater && this.#off !== 'only greater versions') return;
    if (kind === 't' && this.#off === 'deletes leave tombstones') {
      space.documents.delete(key);
      return;
    }
    const isTombstone = kind === 't';
    space.documents.set(key, { version, hash, isTombstone, lists: null, content: isTombstone ? null : body });
  }
}
