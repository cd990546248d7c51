/** Bounds what is under way: takes something of a size when there is room for it, the first come first. */
export class Room {
  readonly #maxSize: number;
  readonly #maxItems: number;
  #size = 0;
  #items = 0;
  readonly #waiting: (() => void)[] = [];

  constructor({ maxSize, maxItems }: { maxSize: number; maxItems: number }) {
    this.#maxSize = maxSize;
    this.#maxItems = maxItems;
  }

  get isEmpty(): boolean {
    return this.#items === 0;
  }

  /** Waits until there is room; whatever is larger than all the room gets it for itself. */
  async take(size: number): Promise<void> {
    while (this.#items >= this.#maxItems || (this.#items > 0 && this.#size + size > this.#maxSize)) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#items += 1;
    this.#size += size;
  }

  give(size: number): void {
    this.#items -= 1;
    this.#size -= size;
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
