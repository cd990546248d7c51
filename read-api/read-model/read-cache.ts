import { LRUCache } from 'lru-cache';
import type { SinkWatermark } from '@eduplatform/contracts/redis-keys';
import { cacheLookups } from '../metrics.ts';

export interface CacheOptions {
  maxBytes: number;
  /** Milliseconds that an entry is served without asking again. */
  freshMs: number;
  /** The Redis sink's watermark now; taken before every load. */
  mark: () => SinkWatermark | null;
  /** Whether announcements of changes arrive now; while they do not, nothing is fresh. */
  hearsChanges?: () => boolean;
  now?: () => number;
}

export interface Loaded<T> {
  value: T;
  /** What the entry weighs in the cache. */
  bytes: number;
  /** Milliseconds, when an entry should be fresh for less than usual. */
  freshMs?: number;
}

export interface CacheAnswer<T> {
  value: T;
  /** The watermark seen before the value was read: it is at least that fresh. */
  seen: SinkWatermark | null;
  /** The model could not be read, and this is an older copy. */
  isFallback: boolean;
  /** For how long the cache goes on serving the value; null when it does not keep it. */
  validity: Validity | null;
}

/** Apart from the entry, so that whoever goes by it holds no values that the cache has let go. */
export interface Validity {
  readonly freshUntil: number;
  readonly era: number;
  /** False once the entry was replaced, invalidated or pushed out. */
  isHeld: boolean;
}

interface Entry {
  value: unknown;
  seen: SinkWatermark | null;
  topic: string;
  validity: Validity;
}

interface Flight {
  promise: Promise<CacheAnswer<unknown>>;
  seen: SinkWatermark | null;
  topic: string;
  /** False once what it reads was announced as changed: its answer is not kept and nobody joins it any more. */
  isCurrent: boolean;
}

/**
 * Values read from Redis, bounded by bytes, with single-flight. An entry carries the watermark that was seen before it
 * was read; a caller with a position gets only entries at or past it and joins only flights that began there.
 * Entries that are no longer fresh stay as a fallback for when Redis is gone.
 */
export class ReadCache {
  readonly #options: Required<CacheOptions>;
  readonly #entries: LRUCache<string, Entry>;
  readonly #flights = new Map<string, Flight>();
  readonly #topics = new Map<string, Set<string>>();
  #era = 0;

  constructor(options: CacheOptions) {
    this.#options = { now: () => performance.now(), hearsChanges: () => true, ...options };
    this.#entries = new LRUCache<string, Entry>({
      maxSize: options.maxBytes,
      maxEntrySize: Math.ceil(options.maxBytes / 8),
      dispose: (entry) => {
        entry.validity.isHeld = false;
      },
      disposeAfter: (entry, key, reason) => {
        if (reason !== 'set') this.#forgetTopic(entry.topic, key);
      },
    });
  }

  /**
   * The value of `key`, loaded at most once at a time.
   * @param topic what the indexer announces when the value changes
   * @param canFallBack whether an error of `load` may be answered with an older copy
   */
  async get<T>(
    key: string,
    topic: string,
    after: string | null,
    load: () => Promise<Loaded<T>>,
    canFallBack: (error: unknown) => boolean,
  ): Promise<CacheAnswer<T>> {
    const entry = this.#entries.get(key);
    if (entry && this.#isFresh(entry) && isPast(entry.seen, after)) {
      hits.inc();
      return { value: entry.value as T, seen: entry.seen, isFallback: false, validity: entry.validity };
    }
    const flight = this.#flights.get(key);
    const joins = flight?.isCurrent && isPast(flight.seen, after);
    cacheLookups.inc({ outcome: joins ? 'join' : 'miss' });
    try {
      return (await (joins ? flight.promise : this.#fly(key, topic, load))) as CacheAnswer<T>;
    } catch (error) {
      const copy = canFallBack(error) ? this.#entries.peek(key) : undefined;
      if (!copy) throw error;
      cacheLookups.inc({ outcome: 'fallback' });
      return { value: copy.value as T, seen: copy.seen, isFallback: true, validity: null };
    }
  }

  /** Forgets everything read under the topics, and what is being read now. */
  invalidate(topics: Iterable<string>): void {
    for (const topic of topics) {
      for (const key of [...(this.#topics.get(topic) ?? [])]) {
        this.#entries.delete(key);
        const flight = this.#flights.get(key);
        if (flight) flight.isCurrent = false;
      }
      this.#topics.delete(topic);
    }
  }

  /** Announcements may have been missed: nothing held now is fresh any more, but it may still serve as a fallback. */
  expireAll(): void {
    this.#era += 1;
    for (const flight of this.#flights.values()) flight.isCurrent = false;
  }

  /** Whether all of them would be served now, so that what was made of them still holds. */
  areFresh(validities: readonly Validity[]): boolean {
    const now = this.#options.now();
    const isFresh = ({ isHeld, era, freshUntil }: Validity): boolean => isHeld && era === this.#era && now < freshUntil;
    return this.#options.hearsChanges() && validities.every(isFresh);
  }

  get bytes(): number {
    return this.#entries.calculatedSize;
  }

  #fly<T>(key: string, topic: string, load: () => Promise<Loaded<T>>): Promise<CacheAnswer<T>> {
    const seen = this.#options.mark();
    const run = async (): Promise<CacheAnswer<T>> => {
      try {
        const loaded = await load();
        const isNewest = flight.isCurrent && this.#flights.get(key) === flight;
        const validity = isNewest ? this.#keep(key, flight, loaded) : null;
        return { value: loaded.value, seen, isFallback: false, validity };
      } finally {
        if (this.#flights.get(key) === flight) this.#flights.delete(key);
        if (!this.#entries.has(key)) this.#forgetTopic(topic, key);
      }
    };
    const flight: Flight = {
      seen,
      topic,
      isCurrent: true,
      promise: Promise.resolve({ value: null, seen, isFallback: false, validity: null }),
    };
    this.#flights.set(key, flight);
    this.#rememberTopic(topic, key);
    const promise = run();
    flight.promise = promise;
    return promise;
  }

  #keep<T>(key: string, flight: Flight, { value, bytes, freshMs = this.#options.freshMs }: Loaded<T>): Validity | null {
    const { seen, topic } = flight;
    const validity = { freshUntil: this.#options.now() + freshMs, era: this.#era, isHeld: true };
    this.#entries.set(key, { value, seen, topic, validity }, { size: Math.max(1, Math.ceil(bytes)) });
    // What is too large is not kept.
    return this.#entries.peek(key)?.validity === validity ? validity : null;
  }

  #isFresh({ validity: { era, freshUntil } }: Entry): boolean {
    return era === this.#era && this.#options.now() < freshUntil && this.#options.hearsChanges();
  }

  #rememberTopic(topic: string, key: string): void {
    const keys = this.#topics.get(topic);
    if (keys) keys.add(key);
    else this.#topics.set(topic, new Set([key]));
  }

  #forgetTopic(topic: string, key: string): void {
    if (this.#flights.has(key)) return;
    const keys = this.#topics.get(topic);
    keys?.delete(key);
    if (keys?.size === 0) this.#topics.delete(topic);
  }
}

const hits = cacheLookups.labels('hit');

const isPast = (seen: SinkWatermark | null, after: string | null): boolean =>
  after === null || (seen !== null && seen.position >= after);
