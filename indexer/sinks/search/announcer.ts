import {
  ANY_DEAD,
  currentKey,
  searchFields,
  watermarkChannel,
  type SinkWatermark,
  type WatermarkMessage,
} from '@eduplatform/contracts/redis-keys';
import type { SearchSinkName } from '@eduplatform/contracts/search-servers';
import { asSinkError, connectRedis, type ScriptedRedis } from '../redis/connection.ts';
import { FencedError } from '../sink.ts';

export interface SearchStanding {
  generation: number;
  epoch: number;
  isReady: boolean;
  watermark: SinkWatermark | null;
  /** Keys of documents that the engine refused. */
  dead: readonly string[];
}

export interface AnnouncerOptions {
  sink: SearchSinkName;
  url: string;
  prefix: string;
  onError: (error: Error) => void;
}

/** More are not named one by one: readers then take all of search for old. */
const MAX_DEAD_KEYS = 200;

/**
 * Tells readers through Redis where a search server stands. It never holds up the sink: while one announcement is on its way
 * the next waits, and only the newest of those that wait is sent. When Redis is away, the next one tries again.
 */
export class Announcer {
  readonly #options: AnnouncerOptions;
  #redis: ScriptedRedis | undefined;
  #next: SearchStanding | undefined;
  #sending: Promise<void> | undefined;
  #fenced: FencedError | undefined;

  constructor(options: AnnouncerOptions) {
    this.#options = options;
  }

  /** Returns at once. Throws FencedError when an earlier announcement met a newer leader. */
  announce(standing: SearchStanding): void {
    if (this.#fenced) throw this.#fenced;
    this.#next = standing;
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
    });
  }

  async close(): Promise<void> {
    await this.#sending;
    this.#redis?.disconnect();
    this.#redis = undefined;
    // Whoever opens the sink again may do so for a later epoch.
    this.#fenced = undefined;
  }

  async #sendAll(): Promise<void> {
    for (let standing = this.#next; standing; standing = this.#next) {
      this.#next = undefined;
      try {
        await this.#send(standing);
      } catch (error) {
        this.#redis?.disconnect();
        this.#redis = undefined;
        const known = asSinkError(error);
        if (known instanceof FencedError) this.#fenced = known;
        else this.#options.onError(error as Error);
      }
    }
  }

  async #send({ generation, epoch, isReady, watermark, dead: keys }: SearchStanding): Promise<void> {
    const { sink, url, prefix, onError } = this.#options;
    const names = searchFields(sink);
    this.#redis ??= await connectRedis(url, onError);
    const dead = keys.length > MAX_DEAD_KEYS ? [ANY_DEAD] : keys;
    const fields = {
      [names.dead]: JSON.stringify(dead),
      [names.generation]: String(generation),
      [names.epoch]: String(epoch),
      [names.ready]: String(isReady),
      ...(watermark && { [names.watermark]: JSON.stringify(watermark) }),
    };
    const message: WatermarkMessage | null = watermark && {
      sink,
      ...watermark,
      generation,
      epoch,
      touched: [],
      ...(dead.length > 0 && { dead: [...dead] }),
    };
    await this.#redis.indexerAnnounce(
      currentKey(prefix),
      ...[epoch, watermarkChannel(prefix), message ? JSON.stringify(message) : ''],
      ...Object.entries(fields).flat(),
    );
  }
}
