import { ANY_DEAD, type SinkWatermark, type WatermarkMessage } from '@eduplatform/contracts/redis-keys';
import type { SearchSinkName, SinkName } from '@eduplatform/contracts/search-servers';
import { NOTHING_BUILT, type CurrentState, type SearchModel } from './current.ts';

/** Past watermarks kept per sink, to say when a position was passed. */
const HISTORY_LENGTH = 4096;

interface Seen {
  position: string;
  /** By this process's clock. */
  at: Date;
}

/** The generations and watermarks as this process last heard of them. No I/O. */
export class LiveState {
  #current: CurrentState = NOTHING_BUILT;
  readonly #history = new Map<SinkName, Seen[]>();
  readonly #messages = new Map<SinkName, number>();
  readonly #listeners = new Set<() => void>();
  readonly #now: () => Date;
  #heardAt = 0;

  constructor(now: () => Date = () => new Date()) {
    this.#now = now;
  }

  get redis(): CurrentState['redis'] {
    return this.#current.redis;
  }

  /** Where the indexes of a search server stand; null while nothing has been built there. */
  search(sink: SearchSinkName): SearchModel | null {
    return this.#current.search[sink] ?? null;
  }

  mark(sink: SinkName): SinkWatermark | null {
    return this.#current.marks[sink] ?? null;
  }

  /** Whether a search server refused a newer version of the document (`courses:<id>`, `lessons:<id>`). */
  isRefused(sink: SearchSinkName, key: string): boolean {
    const dead = this.#current.dead[sink];
    return dead !== undefined && (dead.has(key) || dead.has(ANY_DEAD));
  }

  /** When this process saw the sink pass the position (or the earliest moment it remembers); null while it has not. */
  passedAt(sink: SinkName, position: string): string | null {
    const mark = this.mark(sink);
    if (!mark || mark.position < position) return null;
    return (
      this.#historyOf(sink)
        .find((seen) => seen.position >= position)
        ?.at.toISOString() ?? mark.at
    );
  }

  /**
   * For how many milliseconds one sink has been without what another has, as far as this process has heard: nothing
   * adds up while no announcements arrive.
   */
  behindMs(sink: SinkName, other: SinkName): number {
    const [own, leading] = [this.mark(sink), this.mark(other)];
    if (!leading || (own && own.position >= leading.position)) return 0;
    if (!own) return Number.POSITIVE_INFINITY;
    const since = this.#historyOf(other)
      .find(({ position }) => position > own.position)
      ?.at.getTime();
    // This process may have begun to listen long after the sink came to a halt.
    const told = Date.parse(leading.at) - Date.parse(own.at);
    return Math.max(0, told, this.#heardAt - (since ?? this.#heardAt));
  }

  /** Calls `listener` after every change; returns the way to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes an announcement. Answers false when `<prefix>:current` has to be read again to understand it. */
  apply(message: WatermarkMessage): boolean {
    const { sink } = message;
    const live = this.#model(sink);
    const isSameIndex = sink === 'redis' || this.search(sink)?.epoch === message.epoch;
    if (!live || live.generation !== message.generation || !isSameIndex) return false;
    const before = this.mark(sink);
    this.#messages.set(sink, this.#messagesOf(sink) + 1);
    this.#heard();
    if (sink !== 'redis') this.#current.dead[sink] = new Set(message.dead);
    this.#advance(sink, { position: message.position, at: message.at });
    this.#notify();
    return live.ready && (before === null || before.position <= message.position);
  }

  /** Notes that `<prefix>:current` is about to be read; hand the token to `replace`. */
  beginReload(): ReadonlyMap<SinkName, number> {
    return new Map(this.#messages);
  }

  /** Takes what `<prefix>:current` says. A watermark announced since `begun` is newer than what was read. */
  replace(state: CurrentState, begun: ReadonlyMap<SinkName, number>): void {
    const previous = this.#current;
    this.#current = { ...state, marks: { ...previous.marks }, dead: { ...state.dead } };
    this.#heard();
    for (const sink of sinksOf(previous, state)) {
      const isSameModel = JSON.stringify(modelIn(previous, sink)) === JSON.stringify(modelIn(state, sink));
      if (isSameModel && this.#messagesOf(sink) !== (begun.get(sink) ?? 0)) {
        if (sink !== 'redis') this.#current.dead[sink] = previous.dead[sink] ?? new Set();
        continue;
      }
      if (!isSameModel) this.#history.delete(sink);
      this.#advance(sink, state.marks[sink] ?? null);
    }
    this.#notify();
  }

  #advance(sink: SinkName, mark: SinkWatermark | null): void {
    const before = this.mark(sink);
    if (mark) this.#current.marks[sink] = mark;
    else Reflect.deleteProperty(this.#current.marks, sink);
    if (mark === null || (before !== null && mark.position < before.position)) this.#history.delete(sink);
    const history = this.#historyOf(sink);
    if (mark === null || history.at(-1)?.position === mark.position) return;
    history.push({ position: mark.position, at: this.#now() });
    if (history.length > HISTORY_LENGTH) history.shift();
    this.#history.set(sink, history);
  }

  #heard(): void {
    this.#heardAt = this.#now().getTime();
  }

  #model(sink: SinkName): { generation: number; ready: boolean } | null {
    return modelIn(this.#current, sink);
  }

  #historyOf(sink: SinkName): Seen[] {
    return this.#history.get(sink) ?? [];
  }

  #messagesOf(sink: SinkName): number {
    return this.#messages.get(sink) ?? 0;
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}

const modelIn = (state: CurrentState, sink: SinkName) =>
  sink === 'redis' ? state.redis : (state.search[sink] ?? null);

const sinksOf = (...states: CurrentState[]): Set<SinkName> =>
  new Set<SinkName>(['redis', ...states.flatMap(({ search }) => Object.keys(search) as SearchSinkName[])]);
