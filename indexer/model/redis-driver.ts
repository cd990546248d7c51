import type { DocumentChange } from '@eduplatform/contracts/document-change';
import { checkpointPosition, type Checkpoint } from '../checkpoint.ts';
import { compare, prepare, type Prepared } from '../sinks/redis/prepare.ts';
import { ReopenError } from '../sinks/sink.ts';
import type { Driver, ModelCommit, ModelOpened } from './driver.ts';
import { ask, type Steps } from './steps.ts';
import type { World } from './world.ts';

const CHUNK = 1;

/** The Redis sink as in production, request by request. */
export class RedisDriver implements Driver {
  readonly name = 'redis';
  readonly #world: World;
  readonly #isBeside: boolean;
  #epoch = 0;
  #generation = 0;
  #position = '';
  #life = 0;
  #lives = { database: 0, server: 0 };

  constructor(world: World, isBeside = false) {
    this.#world = world;
    this.#isBeside = isBeside;
  }

  beside(): Driver {
    return new RedisDriver(this.#world, true);
  }

  *open(generation: number, epoch: number): Steps<ModelOpened> {
    const { redis, off } = this.#world;
    this.#epoch = epoch;
    this.#generation = generation;
    this.#life = redis.life;
    this.#lives = { database: this.#world.postgres.life, server: 0 };
    const found = yield* this.#ask(() => {
      redis.claim(epoch);
      return { checkpoint: redis.space(generation).checkpoint, live: redis.data.redis?.generation ?? 0 };
    });
    this.#position = found.checkpoint?.position ?? '';
    const beside = this.#world.checkpointsBeside.get(`redis/${generation}`);
    const checkpoint =
      (off === 'the checkpoint lies in the sink' ? beside : undefined) ?? found.checkpoint?.value ?? null;
    return { checkpoint, highestGeneration: Math.max(generation, found.live) };
  }

  *create(generation: number, checkpoint: Checkpoint): Steps<void> {
    const { redis, off } = this.#world;
    this.#generation = generation;
    this.#position = '';
    // A database that was set back gives out the numbers of generations again.
    if (off !== 'a fresh build gets a new generation') yield* this.#ask(() => redis.clear(generation));
    yield* this.#write([], { checkpoint, watermark: null }, this.#isBeside ? null : 'unready');
  }

  *apply(changes: readonly DocumentChange[], commit: ModelCommit | null): Steps<void> {
    const { redis, off, hashesBeside } = this.#world;
    this.#world.lookUps += 1;
    const prepared = changes.map(prepare);
    const generation = this.#generation;
    const held = yield* this.#ask(() =>
      redis.held(
        generation,
        prepared.map(({ key }) => key),
      ),
    );
    const table = (key: string) => `redis/${generation}/${key}`;
    const sending = prepared.filter((change, index) => {
      if (off === 'compare hashes with the sink itself') return hashesBeside.get(table(change.key)) !== change.hash;
      const own = held[index];
      const verdict = own ? compare(change, own) : 'send';
      if (verdict === 'unchanged') this.#world.unchangedAt.set(change.key, this.#world.lookUps);
      return verdict === 'send' || (verdict === 'stale' && off === 'only greater versions');
    });
    for (let start = 0; start + CHUNK < sending.length; start += CHUNK) {
      yield* this.#write(sending.slice(start, start + CHUNK), null);
    }
    const last = sending.slice(Math.max(0, Math.ceil(sending.length / CHUNK) - 1) * CHUNK);
    if (last.length > 0 || commit) yield* this.#write(last, commit);
    for (const { key, hash } of sending) hashesBeside.set(table(key), hash);
  }

  *removeGenerations(isGarbage: (generation: number) => boolean): Steps<void> {
    yield* ask('redis', () => this.#world.redis.removeGenerations(isGarbage));
  }

  /** On the connection of `open`: it does not come back by itself, so nothing is written to another server than was looked at. */
  *#ask<T>(run: () => T, mayComeLate: boolean | (() => boolean) = false): Steps<T> {
    const { redis } = this.#world;
    const life = this.#life;
    const onConnection = (): T => {
      if (redis.life !== life) throw new ReopenError('the connection is lost');
      return run();
    };
    return yield* ask('redis', onConnection, mayComeLate);
  }

  *#write(changes: readonly Prepared[], commit: ModelCommit | null, state: 'unready' | null = null): Steps<void> {
    const { redis, checkpointsBeside } = this.#world;
    const [epoch, generation, expected] = [this.#epoch, this.#generation, this.#position];
    const checkpoint = commit?.checkpoint ?? null;
    const position = checkpoint ? checkpointPosition(checkpoint) : '';
    const watermark = this.#isBeside ? null : (commit?.watermark ?? null);
    const told = watermark === null ? state : { generation, epoch, watermark, lives: this.#lives };
    // No request is late by a whole rebuild, nor by a batch that has looked at its documents again and left them.
    const { lookUps, unchangedAt } = this.#world;
    const isStillPossible = (): boolean =>
      (redis.data.redis?.generation ?? generation) === generation &&
      changes.every(({ key }) => (unchangedAt.get(key) ?? 0) <= lookUps);
    yield* this.#ask(
      () => redis.apply({ epoch, generation, expected, changes, checkpoint, position, told }),
      isStillPossible,
    );
    if (!checkpoint) return;
    this.#position = position;
    checkpointsBeside.set(`redis/${generation}`, checkpoint);
  }
}
