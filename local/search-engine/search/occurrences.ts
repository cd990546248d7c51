import type { AttributeWords } from '../index/text-index.ts';
import type { DerivedTerm } from './derive.ts';

/** Where the terms of a query stand in one document. */

export interface Occurrence {
  attribute: number;
  position: number;
  typos: number;
  exact: boolean;
}

interface Entry {
  term: number;
  typos: number;
  exact: boolean;
}

interface PhrasePattern {
  term: number;
  typos: number;
  words: (number | null)[];
}

/** Finds occurrences by one pass over a document's words, with a table from word id to terms. */
export class OccurrenceFinder {
  readonly #slots: Uint16Array;
  readonly #entries: Entry[][] = [[]];
  readonly #phrases: PhrasePattern[] = [];
  readonly #termCount: number;
  readonly #allowed: ReadonlySet<number> | null;
  readonly #exactAttributes: ReadonlySet<number>;

  /** `allowed` are the attributes searched (null: all); `exactAttributes` those that forgive no typo. */
  constructor(
    terms: readonly DerivedTerm[],
    capacity: number,
    wordId: (word: string) => number | undefined,
    allowed: ReadonlySet<number> | null,
    exactAttributes: ReadonlySet<number>,
  ) {
    this.#slots = new Uint16Array(capacity);
    this.#termCount = terms.length;
    this.#allowed = allowed;
    this.#exactAttributes = exactAttributes;
    for (const [term, { words, phrases }] of terms.entries()) {
      for (const derivation of words)
        this.#addWord(derivation.term.id, { term, typos: derivation.typos, exact: derivation.exact });
      for (const phrase of phrases) {
        const ids = phrase.words.map((word) => (word === null ? null : (wordId(word) ?? -1)));
        if (!ids.includes(-1)) this.#phrases.push({ term, typos: phrase.typos, words: ids });
      }
    }
  }

  #addWord(id: number, entry: Entry): void {
    const slot = this.#slots[id] ?? 0;
    if (slot > 0) this.#entries[slot]?.push(entry);
    else this.#slots[id] = this.#entries.push([entry]) - 1;
  }

  /** Occurrences by term. */
  find(document: readonly AttributeWords[]): Occurrence[][] {
    const found: Occurrence[][] = Array.from({ length: this.#termCount }, () => []);
    for (const part of document) {
      if (this.#allowed !== null && !this.#allowed.has(part.attribute)) continue;
      this.#findWords(part, found);
      for (const phrase of this.#phrases) this.#findPhrase(part, phrase, found);
    }
    return found;
  }

  #findWords({ attribute, words, positions }: AttributeWords, found: Occurrence[][]): void {
    const slots = this.#slots;
    const noTypos = this.#exactAttributes.has(attribute);
    for (let at = 0; at < words.length; at += 1) {
      const slot = slots[words[at] ?? 0] ?? 0;
      if (slot === 0) continue;
      for (const { term, typos, exact } of this.#entries[slot] ?? []) {
        if (typos > 0 && noTypos) continue;
        found[term]?.push({ attribute, position: positions[at] ?? 0, typos, exact });
      }
    }
  }

  #findPhrase({ attribute, words, positions }: AttributeWords, phrase: PhrasePattern, found: Occurrence[][]): void {
    if (phrase.typos > 0 && this.#exactAttributes.has(attribute)) return;
    const lead = phrase.words.findIndex((word) => word !== null);
    const leadWord = phrase.words[lead];
    for (let at = words.indexOf(leadWord ?? -1); at >= 0; at = words.indexOf(leadWord ?? -1, at + 1)) {
      const from = at - lead;
      const start = positions[from] ?? -1;
      const matches = phrase.words.every(
        (word, offset) =>
          positions[from + offset] === start + offset && (word === null || words[from + offset] === word),
      );
      if (!matches) continue;
      found[phrase.term]?.push({ attribute, position: start, typos: phrase.typos, exact: phrase.typos === 0 });
    }
  }
}
