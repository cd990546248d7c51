import { minPosition, ZERO_POSITION } from '@eduplatform/contracts/positions';
import type { SinkWatermark } from '@eduplatform/contracts/redis-keys';
import type { CacheAnswer, CacheEntry } from './read-cache.ts';

export interface Wanted {
  /** Position that the reader wants everything to be at or past. */
  position: string;
  /** Position that the sinks have come to, if that is before it: there is nothing newer to be had. */
  reached: string;
  /** The position names something that may never come. */
  isLost?: boolean;
}

/** One reading request: what it asks for, and how fresh what it has read so far is. */
export class Read {
  /** What is read must be at or past this position; null when the reader asks for nothing. */
  readonly after: string | null;
  /** The position that the reader asked for, whether it can be had or not. */
  readonly wanted: string | null;
  #stale: boolean;
  #oldest: SinkWatermark | null = null;
  #basis: CacheEntry[] | null = [];

  constructor(wanted: Wanted | null = null) {
    this.wanted = wanted?.position ?? null;
    this.after = wanted && minPosition(wanted.position, wanted.reached);
    this.#stale = wanted?.isLost ?? false;
  }

  /** Notes the watermark that was seen before something was read, past the cache. */
  saw(mark: SinkWatermark | null): void {
    this.#basis = null;
    this.#note(mark);
  }

  /** Notes what the cache answered. */
  sawCached({ seen, isFallback, entry }: CacheAnswer<unknown>): void {
    this.#note(seen);
    if (isFallback) this.sawOldCopy();
    if (entry) this.#basis?.push(entry);
    else this.#basis = null;
  }

  #note(mark: SinkWatermark | null): void {
    const seen = mark ?? { position: ZERO_POSITION, at: '' };
    if (!this.#oldest || seen.position < this.#oldest.position) this.#oldest = seen;
    if (this.wanted !== null && seen.position < this.wanted) this.#stale = true;
  }

  /** Notes that something older than asked for, or older than what stands in the model, was used. */
  sawOldCopy(): void {
    this.#stale = true;
  }

  /** The entries of the cache that everything read came from; null when there was more than that. */
  get basis(): readonly CacheEntry[] | null {
    return this.#basis;
  }

  get hasRead(): boolean {
    return this.#oldest !== null;
  }

  get isStale(): boolean {
    return this.#stale;
  }

  /** The position that everything read is at least as fresh as. */
  get position(): string {
    return this.#oldest?.position ?? ZERO_POSITION;
  }

  /** When that position was reached, RFC 3339; null when nothing is known. */
  get at(): string | null {
    return this.#oldest?.at || null;
  }
}
