export interface ChangeListener {
  /** One of the keys, or everything, was changed. */
  changed(): void;
  /** Changes may be missed from now on. */
  interrupted(): void;
}

/** Tells who listens to a key (a document's or a list's) of the live generation that it was announced. No I/O. */
export class ChangeFeed {
  readonly #listeners = new Map<string, Set<ChangeListener>>();

  /** Answers the way to stop. */
  subscribe(keys: readonly string[], listener: ChangeListener): () => void {
    for (const key of keys) {
      const listeners = this.#listeners.get(key);
      if (listeners) listeners.add(listener);
      else this.#listeners.set(key, new Set([listener]));
    }
    return () => {
      for (const key of keys) {
        const listeners = this.#listeners.get(key);
        listeners?.delete(listener);
        if (listeners?.size === 0) this.#listeners.delete(key);
      }
    };
  }

  announce(keys: Iterable<string>): void {
    const affected = new Set<ChangeListener>();
    for (const key of keys) {
      for (const listener of this.#listeners.get(key) ?? []) affected.add(listener);
    }
    for (const listener of affected) listener.changed();
  }

  /** Another generation is read from now on. */
  announceAll(): void {
    for (const listener of this.#everybody()) listener.changed();
  }

  interrupt(): void {
    for (const listener of this.#everybody()) listener.interrupted();
  }

  #everybody(): Set<ChangeListener> {
    return new Set([...this.#listeners.values()].flatMap((listeners) => [...listeners]));
  }
}
