import { minPosition, ZERO_POSITION } from '@eduplatform/contracts/positions';
import type { SinkWatermark } from '@eduplatform/contracts/redis-keys';

/** One reading request: what it asks for, and how fresh what it has read so far is. */
export class Read {
  /** Everything that is read must be at or past this position; null when the reader asks for nothing. */
  readonly after: string | null;
  #stale: boolean;
  #oldest: SinkWatermark | null = null;

  constructor(after: string | null = null, stale = false) {
    this.after = after;
    this.#stale = stale;
  }

  /** Notes the watermark that was seen before something was read. */
  saw(mark: SinkWatermark | null): void {
    const seen = mark ?? { position: ZERO_POSITION, at: '' };
    if (!this.#oldest || minPosition(seen.position, this.#oldest.position) !== this.#oldest.position) {
      this.#oldest = seen;
    }
  }

  /** Notes that something older than asked for, or older than what stands in the model, was used. */
  sawOldCopy(): void {
    this.#stale = true;
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
