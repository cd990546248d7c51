import type { DocumentChange } from '@eduplatform/contracts/document-change';
import {
  currentKey,
  redisNamespace,
  watermarkChannel,
  type SinkWatermark,
  type WatermarkMessage,
} from '@eduplatform/contracts/redis-keys';
import { checkpointPosition, parseCheckpoint, type Checkpoint } from '../../checkpoint.ts';
import { PROJECTIONS } from '../../projections/registry.ts';
import { chunksOf } from '../chunks.ts';
import { ReopenError, type Applied, type Commit, type Opened, type Sink } from '../sink.ts';
import { asSinkError, connectRedis, type ScriptedRedis } from './connection.ts';
import { compare, prepare, scriptArguments, touchedLists, type Held, type Prepared } from './prepare.ts';

/** One script call blocks Redis for all readers, so it is kept to about a millisecond or two. */
const CHUNK = { maxItems: 200, maxSize: 2_000_000, sizeOf: (change: Prepared) => change.body.length };
/** Keys that one call looks up. */
const LOOK_UP = 500;
/** As long as the outbox keeps its rows: no older change can come after that. */
const TOMBSTONE_SECONDS = 30 * 24 * 3600;

export interface RedisSinkOptions {
  url: string;
  prefix: string;
  onError: (error: Error) => void;
}

/** Documents, lists and checkpoint in Redis; each chunk is one atomic script, the last with the checkpoint. */
export class RedisSink implements Sink {
  readonly name = 'redis';
  readonly projections = PROJECTIONS.redis;
  readonly #options: RedisSinkOptions;
  #redis: ScriptedRedis | undefined;
  #epoch = 0;
  #generation = 0;
  /** Position of the checkpoint in Redis as we left it; '' before the first. */
  #position = '';
  /** What readers were told last; null while they do not read this generation. */
  #watermark: SinkWatermark | null = null;
  /** Readers use another generation that is complete, until this one is. */
  #isBeside = false;

  constructor(options: RedisSinkOptions) {
    this.#options = options;
  }

  async open(generation: number, epoch: number): Promise<Opened> {
    await this.close();
    this.#redis = await connectRedis(this.#options.url, this.#options.onError);
    const { prefix } = this.#options;
    const claim = this.#redis.indexerClaim(currentKey(prefix), epoch, redisNamespace(prefix, generation));
    const [json, position, live, ready, watermark] = await claim.catch(rethrow);
    this.#epoch = epoch;
    const isLive = live === String(generation);
    this.#use(generation, position ?? '', ready === 'true' && !isLive);
    // Readers hold what this generation told them, so they have to hear of the first chunk already.
    if (ready === 'true' && isLive && watermark) this.#watermark = JSON.parse(watermark) as SinkWatermark;
    return { checkpoint: parseCheckpoint(json), highestGeneration: Math.max(generation, Number(live ?? 0)) };
  }

  async create(generation: number, checkpoint: Checkpoint): Promise<void> {
    this.#use(generation, '', this.#isBeside);
    const fields = this.#isBeside ? {} : { redisGeneration: String(generation), redisReady: 'false' };
    await this.#write([], { checkpoint, fields, message: '' });
  }

  async apply(changes: DocumentChange[], commit: Commit | null): Promise<Applied> {
    const prepared = changes.map(prepare);
    const held = await this.#held(prepared.map(({ key }) => key));
    const verdicts = prepared.map((change, index) => compare(change, held[index] ?? NOTHING));
    const sending = prepared.filter((_, index) => verdicts[index] === 'send');
    const lists = new Map(prepared.map((change, index) => [change.key, touchedLists(change, held[index] ?? NOTHING)]));
    const chunks = chunksOf(sending, CHUNK);
    if (commit && chunks.length === 0) chunks.push([]);
    let taken = 0;
    for (const [index, chunk] of chunks.entries()) {
      const touched = [...new Set(chunk.flatMap(({ key }) => [key, ...(lists.get(key) ?? [])]))];
      taken += await this.#write(chunk, this.#closing(index === chunks.length - 1 ? commit : null, touched));
    }
    const unchanged = verdicts.filter((verdict) => verdict === 'unchanged').length;
    return { sent: taken, unchanged, stale: changes.length - taken - unchanged };
  }

  async close(): Promise<void> {
    this.#redis?.disconnect();
    this.#redis = undefined;
  }

  #use(generation: number, position: string, isBeside: boolean): void {
    this.#generation = generation;
    this.#position = position;
    this.#watermark = null;
    this.#isBeside = isBeside;
  }

  async #held(keys: string[]): Promise<Held[]> {
    const held: Held[] = [];
    for (let start = 0; start < keys.length; start += LOOK_UP) {
      held.push(...(await this.#lookUp(keys.slice(start, start + LOOK_UP))));
    }
    return held;
  }

  async #lookUp(keys: string[]): Promise<Held[]> {
    const rows = await this.#connection().indexerHeld(this.#namespace(), ...keys);
    return rows.map(([version, hash, tombstone, lists]) => ({
      version,
      hash,
      isTombstone: tombstone === '1',
      lists,
    }));
  }

  /** What is written with a chunk besides its documents. */
  #closing(commit: Commit | null, touched: string[]): Closing {
    if (commit?.watermark) {
      this.#watermark = commit.watermark;
      this.#isBeside = false;
    }
    const fields = commit?.watermark
      ? {
          redisGeneration: String(this.#generation),
          redisReady: 'true',
          redisWatermark: JSON.stringify(commit.watermark),
        }
      : {};
    const isNews = this.#watermark !== null && (commit !== null || touched.length > 0);
    return { checkpoint: commit?.checkpoint ?? null, fields, message: isNews ? this.#message(touched) : '' };
  }

  #message(touched: string[]): string {
    const watermark = this.#watermark ?? { position: '', at: '' };
    const message: WatermarkMessage = { sink: 'redis', ...watermark, generation: this.#generation, touched };
    return JSON.stringify(message);
  }

  /** Writes a chunk and answers how many documents were taken. */
  async #write(chunk: Prepared[], { checkpoint, fields, message }: Closing): Promise<number> {
    const { prefix } = this.#options;
    const position = checkpoint ? checkpointPosition(checkpoint) : '';
    const pairs = Object.entries(fields);
    const answer = await this.#connection()
      .indexerApply(
        currentKey(prefix),
        ...[this.#epoch, this.#namespace(), this.#position, TOMBSTONE_SECONDS, chunk.length],
        ...chunk.flatMap(scriptArguments),
        ...[position, checkpoint ? JSON.stringify(checkpoint) : '', pairs.length, ...pairs.flat()],
        ...[watermarkChannel(prefix), message],
      )
      .catch(rethrow);
    if (checkpoint) this.#position = position;
    return answer.split('1').length - 1;
  }

  #namespace(): string {
    return redisNamespace(this.#options.prefix, this.#generation);
  }

  #connection(): ScriptedRedis {
    if (!this.#redis) throw new ReopenError('it is closed');
    return this.#redis;
  }
}

interface Closing {
  checkpoint: Checkpoint | null;
  fields: Record<string, string>;
  message: string;
}

const NOTHING: Held = { version: null, hash: null, isTombstone: false, lists: null };

const rethrow = (error: unknown): never => {
  throw asSinkError(error);
};
