import SearchableMap from 'minisearch/SearchableMap';

/** One word of the index and the documents that hold it. */
export interface Term {
  readonly id: number;
  readonly word: string;
  readonly documents: Set<number>;
}

/** The words of an index, in minisearch's radix tree: exact and prefix look-ups, updated in place. */
export class Vocabulary {
  readonly #terms = new SearchableMap<Term>();
  readonly #byId: (Term | undefined)[] = [];
  readonly #free: number[] = [];
  readonly #firstLetters = new Map<string, number>();

  /** Upper bound of the ids in use. */
  get capacity(): number {
    return this.#byId.length;
  }

  get(word: string): Term | undefined {
    return this.#terms.get(word);
  }

  byId(id: number): Term | undefined {
    return this.#byId[id];
  }

  /** All words that begin so, in no particular order. */
  withPrefix(prefix: string): IterableIterator<[string, Term]> {
    return this.#terms.atPrefix(prefix).entries();
  }

  /** First letters in use and how many words begin with each. */
  firstLetters(): IterableIterator<[string, number]> {
    return this.#firstLetters.entries();
  }

  #countFirstLetter(word: string, change: 1 | -1): void {
    const [letter = ''] = word;
    const count = (this.#firstLetters.get(letter) ?? 0) + change;
    if (count === 0) this.#firstLetters.delete(letter);
    else this.#firstLetters.set(letter, count);
  }

  /** Notes that a document holds a word; answers the word's id. */
  add(word: string, document: number): number {
    const known = this.#terms.get(word);
    if (known !== undefined) {
      known.documents.add(document);
      return known.id;
    }
    const id = this.#free.pop() ?? this.#byId.length;
    const term: Term = { id, word, documents: new Set([document]) };
    this.#byId[id] = term;
    this.#terms.set(word, term);
    this.#countFirstLetter(word, 1);
    return id;
  }

  /** Notes that a document no longer holds a word. */
  remove(id: number, document: number): void {
    const term = this.#byId[id];
    if (term === undefined) return;
    term.documents.delete(document);
    if (term.documents.size > 0) return;
    this.#terms.delete(term.word);
    this.#byId[id] = undefined;
    this.#free.push(id);
    this.#countFirstLetter(term.word, -1);
  }
}
