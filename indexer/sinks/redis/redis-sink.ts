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
import { isolate, settle, type Refusal, type RefusalBook, type Refused } from '../refusals.ts';
import { ReopenError, type Applied, type Commit, type Opened, type Sink } from '../sink.ts';
import type { HeldView } from '../held-view.ts';
import { asSinkError, connectRedis, type ScriptedRedis } from './connection.ts';
import { assertFits, documentFault } from './faults.ts';
import { redisView, removeGenerations } from './generations.ts';
import { lookUp } from './look-up.ts';
import { compare, prepare, scriptArguments, touchedLists, type Held, type Prepared } from './prepare.ts';

interface Closing {
  checkpoint: Checkpoint | null;
  fields: Record<string, string>;
  message: string;
}

/** One script call blocks Redis for all readers, so it is kept to about a millisecond or two. */
const CHUNK = { maxItems: 200, maxSize: 2_000_000, sizeOf: (change: Prepared) => change.body.length };
/** Far above any document that is meant to be read; Redis itself would take 512 MB. */
const MAX_BODY_BYTES = 32_000_000;
/** As long as the outbox keeps its rows: no older change can come after that. */
const TOMBSTONE_SECONDS = 30 * 24 * 3600;

export interface RedisSinkOptions {
  url: string;
  prefix: string;
  /** Of one document; a larger one is refused. */
  maxBodyBytes?: number;
  onError: (error: Error) => void;
  /** For a generation beside the one in use, of which readers are told nothing. */
  isSilent?: boolean;
}

/** Documents, lists and checkpoint in Redis; each chunk is one atomic script, the last with the checkpoint. */
export class RedisSink implements Sink {
  readonly name = 'redis';
  /** One is written while the next waits with its documents loaded; with more, batches would not grow with the load. */
  readonly callsAtOnce = 3;
  readonly projections = PROJECTIONS.redis;
  readonly held: HeldView = redisView(
    () => this.#connection(),
    () => this.#namespace(),
  );
  refusals: RefusalBook | null = null;
  readonly #options: RedisSinkOptions;
  /** The call of `apply` before the next one. */
  #last: Promise<unknown> = Promise.resolve();
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
    if (ready === 'true' && isLive && watermark && !this.#options.isSilent)
      this.#watermark = JSON.parse(watermark) as SinkWatermark;
    return { checkpoint: parseCheckpoint(json), highestGeneration: Math.max(generation, Number(live ?? 0)) };
  }

  async create(generation: number, checkpoint: Checkpoint): Promise<void> {
    this.#use(generation, '', this.#isBeside);
    const fields =
      this.#isBeside || this.#options.isSilent ? {} : { redisGeneration: String(generation), redisReady: 'false' };
    // Readers are told first. A database that was set back gives out the numbers of generations again.
    await this.#write([], { checkpoint, fields, message: '' });
    await removeGenerations(this.#options, (found) => found === generation);
    this.#position = '';
    await this.#write([], { checkpoint, fields, message: '' });
  }

  apply(changes: DocumentChange[], commit: Commit | null): Promise<Applied> {
    // One at a time: what is held must not change between look-up and write. A failure is passed on to all that wait.
    const turn = this.#last.then(() => this.#apply(changes, commit));
    this.#last = turn;
    turn.catch(() => undefined);
    return turn;
  }

  async mark(keys: readonly string[], isDead: boolean): Promise<void> {
    if (keys.length === 0) return;
    const { prefix } = this.#options;
    const message = this.#watermark ? this.#message([...keys]) : '';
    const told = [this.#epoch, this.#namespace(), isDead ? '1' : '', watermarkChannel(prefix), message];
    await this.#connection()
      .indexerMark(currentKey(prefix), ...told, ...keys)
      .catch(rethrow);
  }

  async close(): Promise<void> {
    this.#redis?.disconnect();
    this.#redis = undefined;
    await this.#last.catch(() => undefined);
    this.#last = Promise.resolve();
  }

  async #apply(changes: DocumentChange[], commit: Commit | null): Promise<Applied> {
    const prepared = changes.map(prepare);
    const held = await lookUp(
      this.#connection(),
      this.#namespace(),
      prepared.map(({ key }) => key),
    );
    const verdicts = prepared.map((change, index) => compare(change, held[index] ?? NOTHING));
    const sending = prepared.filter((_, index) => verdicts[index] === 'send');
    const lists = new Map(
      prepared.flatMap((change, index) =>
        verdicts[index] === 'send' ? [[change.key, touchedLists(change, held[index] ?? NOTHING)] as const] : [],
      ),
    );
    const touchedBy = (chunk: readonly Prepared[]): string[] => [
      ...new Set(chunk.flatMap(({ key }) => [key, ...(lists.get(key) ?? [])])),
    ];
    const unchanged = verdicts.filter((verdict) => verdict === 'unchanged').length;
    const written = await this.#writeAll(chunksOf(sending, CHUNK), touchedBy, commit);
    const refused = written.refusals.length;
    const kept = prepared.filter(({ key }, index) => verdicts[index] === 'unchanged' && this.refusals?.keys.has(key));
    if (kept.length > 0) await this.refusals?.settle(kept.map(({ key }) => key));
    return { sent: written.taken, unchanged, stale: changes.length - written.taken - unchanged - refused, refused };
  }

  /** All but the last chunk go out together; the checkpoint goes with the last, when nothing is in its way. */
  async #writeAll(
    chunks: Prepared[][],
    touchedBy: (chunk: readonly Prepared[]) => string[],
    commit: Commit | null,
  ): Promise<{ taken: number; refusals: Refusal[] }> {
    let taken = 0;
    const write = async (chunk: readonly Prepared[], closing: Commit | null = null): Promise<void> => {
      taken += await this.#write(chunk, this.#closing(closing, touchedBy(chunk)));
    };
    const isolated = (chunk: readonly Prepared[], failure?: unknown): Promise<Refused<Prepared>[]> =>
      isolate(chunk, write, this.refusals ? documentFault : () => null, failure);
    const last = chunks.at(-1) ?? [];
    const outcomes = await Promise.allSettled(chunks.slice(0, -1).map((chunk) => isolated(chunk)));
    const refused = outcomes.flatMap((outcome) => {
      if (outcome.status === 'rejected') throw outcome.reason;
      return outcome.value;
    });
    const all = chunks.flat();
    const isSettling = all.some(({ key }) => this.refusals?.keys.has(key));
    if (refused.length === 0 && !isSettling) {
      if (!commit && last.length === 0) return { taken, refusals: [] };
      const failure = await write(last, commit).then(() => undefined, asFailure);
      if (failure === undefined) return { taken, refusals: [] };
      refused.push(...(await isolated(last, failure)));
    } else {
      refused.push(...(await isolated(last)));
    }
    const refusals = refused.map(({ item: { key, version }, reason }) => ({ key, version, reason }));
    await settle(this.refusals, all, refusals);
    await this.mark(
      refusals.map(({ key }) => key),
      true,
    );
    if (commit) await write([], commit);
    return { taken, refusals };
  }

  beside(): RedisSink {
    return new RedisSink({ ...this.#options, isSilent: true });
  }

  removeGenerations(isGarbage: (generation: number) => boolean): Promise<void> {
    return removeGenerations(this.#options, isGarbage, 'spare what readers use');
  }

  #use(generation: number, position: string, isBeside: boolean): void {
    this.#generation = generation;
    this.#position = position;
    this.#watermark = null;
    this.#isBeside = isBeside;
  }

  /** What is written with a chunk besides its documents. */
  #closing(commit: Commit | null, touched: string[]): Closing {
    const watermark = this.#options.isSilent ? null : (commit?.watermark ?? null);
    if (watermark) {
      this.#watermark = watermark;
      this.#isBeside = false;
    }
    const fields = watermark
      ? {
          redisGeneration: String(this.#generation),
          redisReady: 'true',
          redisWatermark: JSON.stringify(watermark),
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
  async #write(chunk: readonly Prepared[], { checkpoint, fields, message }: Closing): Promise<number> {
    const { prefix, maxBodyBytes = MAX_BODY_BYTES } = this.#options;
    for (const { body } of chunk) assertFits(body, maxBodyBytes);
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

const asFailure = (error: unknown): unknown => error;

const NOTHING: Held = { version: null, hash: null, isTombstone: false, lists: null };

const rethrow = (error: unknown): never => {
  throw asSinkError(error);
};
