import { minPosition, ZERO_POSITION } from '@eduplatform/contracts/positions';
import type { SinkWatermark } from '@eduplatform/contracts/redis-keys';
import type { CacheAnswer, Validity } from './read-cache.ts';

export interface Wanted {
  /** Position that the reader wants everything to be at or past. */
  position: string;
  /** Position that the sinks have come to, if that is before it: there is nothing newer to be had. */
  reached: string;
  /** The position names something that may never come. */
  isLost?: boolean;
}

/** What an answer was made of, all of it from the cache. */
export interface Basis {
  /** The one generation that it was read from. */
  generation: number;
  validities: readonly Validity[];
}

/** One reading request: what it asks for, and how fresh what it has read so far is. */
export class Read {
  /** What is read must be at or past this position; null when the reader asks for nothing. */
  readonly after: string | null;
  /** The position that the reader asked for, whether it can be had or not. */
  readonly wanted: string | null;
  #stale: boolean;
  #oldest: SinkWatermark | null = null;
  #basis: { generation: number | null; validities: Validity[] } | null = { generation: null, validities: [] };

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

  /** Notes what the cache answered of a generation. */
  sawCached({ seen, isFallback, validity }: CacheAnswer<unknown>, generation: number): void {
    this.#note(seen);
    if (isFallback) this.sawOldCopy();
    if (!this.#basis) return;
    const isOfAnother = this.#basis.generation !== null && this.#basis.generation !== generation;
    if (!validity || isOfAnother) {
      this.#basis = null;
      return;
    }
    this.#basis.generation = generation;
    this.#basis.validities.push(validity);
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

  /** Null when not everything came from the cache, or from more than one generation, or when nothing was read. */
  get basis(): Basis | null {
    return this.#basis && this.#basis.generation !== null ? (this.#basis as Basis) : null;
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
