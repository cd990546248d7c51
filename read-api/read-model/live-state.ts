import type { SinkWatermark, WatermarkMessage } from '@eduplatform/contracts/redis-keys';
import { NOTHING_BUILT, type CurrentState, type SinkName } from './current.ts';

/** Past watermarks kept per sink, to say when a position was passed. */
const HISTORY_LENGTH = 4096;

interface Seen {
  position: string;
  /** RFC 3339, by this process's clock. */
  at: string;
}

/** The generations and watermarks as this process last heard of them. No I/O. */
export class LiveState {
  #current: CurrentState = NOTHING_BUILT;
  readonly #history: Record<SinkName, Seen[]> = { redis: [], search: [] };
  readonly #messages: Record<SinkName, number> = { redis: 0, search: 0 };
  readonly #listeners = new Set<() => void>();
  readonly #now: () => Date;

  constructor(now: () => Date = () => new Date()) {
    this.#now = now;
  }

  get redis(): CurrentState['redis'] {
    return this.#current.redis;
  }

  get search(): CurrentState['search'] {
    return this.#current.search;
  }

  mark(sink: SinkName): SinkWatermark | null {
    return this.#current.marks[sink];
  }

  /** When this process saw the sink pass the position (or the earliest moment it remembers); null while it has not. */
  passedAt(sink: SinkName, position: string): string | null {
    const mark = this.mark(sink);
    if (!mark || mark.position < position) return null;
    return this.#history[sink].find((seen) => seen.position >= position)?.at ?? mark.at;
  }

  /** Calls `listener` after every change; returns the way to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes an announcement. Answers false when `<prefix>:current` has to be read again to understand it. */
  apply(message: WatermarkMessage): boolean {
    const { sink } = message;
    const live = this.#current[sink];
    const sameIndex = sink === 'redis' || this.#current.search?.epoch === message.epoch;
    if (!live || live.generation !== message.generation || !sameIndex) return false;
    const before = this.mark(sink);
    this.#messages[sink] += 1;
    this.#advance(sink, { position: message.position, at: message.at });
    this.#notify();
    return live.ready && (before === null || before.position <= message.position);
  }

  /** Notes that `<prefix>:current` is about to be read; hand the token to `replace`. */
  beginReload(): Record<SinkName, number> {
    return { ...this.#messages };
  }

  /** Takes what `<prefix>:current` says. A watermark announced since `begun` is newer than what was read. */
  replace(state: CurrentState, begun: Record<SinkName, number>): void {
    const previous = this.#current;
    this.#current = { ...state, marks: { ...previous.marks } };
    for (const sink of ['redis', 'search'] as const) {
      const sameModel = JSON.stringify(previous[sink]) === JSON.stringify(state[sink]);
      if (sameModel && this.#messages[sink] !== begun[sink]) continue;
      if (!sameModel) this.#history[sink] = [];
      this.#advance(sink, state.marks[sink]);
    }
    this.#notify();
  }

  #advance(sink: SinkName, mark: SinkWatermark | null): void {
    const before = this.#current.marks[sink];
    this.#current.marks[sink] = mark;
    const history = this.#history[sink];
    if (mark === null || (before !== null && mark.position < before.position)) history.length = 0;
    if (mark === null || history.at(-1)?.position === mark.position) return;
    history.push({ position: mark.position, at: this.#now().toISOString() });
    if (history.length > HISTORY_LENGTH) history.shift();
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}
