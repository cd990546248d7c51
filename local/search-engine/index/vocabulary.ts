import SearchableMap from 'minisearch/SearchableMap';

/** One word of the index and the documents that hold it. */
export interface Term {
  readonly id: number;
  readonly word: string;
  /** Numbers of the documents, each once, in no particular order. */
  readonly documents: number[];
}

/** The words of an index, updated in place: a hash map for exact look-ups, minisearch's radix tree for prefixes. */
export class Vocabulary {
  readonly #terms = new Map<string, Term>();
  readonly #tree = new SearchableMap<Term>();
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

  /** All words that begin so, in no particular order. */
  withPrefix(prefix: string): IterableIterator<[string, Term]> {
    return this.#tree.atPrefix(prefix).entries();
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

  /** The id of a word, which is made known if it is new. A new word must be given a document before it is looked up. */
  idOf(word: string): number {
    const known = this.#terms.get(word);
    if (known !== undefined) return known.id;
    const id = this.#free.pop() ?? this.#byId.length;
    const term: Term = { id, word, documents: [] };
    this.#byId[id] = term;
    this.#terms.set(word, term);
    this.#tree.set(word, term);
    this.#countFirstLetter(word, 1);
    return id;
  }

  /** Notes that a document, which did not yet hold the word, now does. */
  addDocument(id: number, document: number): void {
    this.#byId[id]?.documents.push(document);
  }

  /** Notes that a document no longer holds a word; a word without documents is forgotten. */
  removeDocument(id: number, document: number): void {
    const term = this.#byId[id];
    if (term === undefined) return;
    const at = term.documents.indexOf(document);
    const last = term.documents.pop();
    if (at >= 0 && last !== undefined && at < term.documents.length) term.documents[at] = last;
    if (term.documents.length > 0) return;
    this.#terms.delete(term.word);
    this.#tree.delete(term.word);
    this.#byId[id] = undefined;
    this.#free.push(id);
    this.#countFirstLetter(term.word, -1);
  }
}
