import type { JsonObject } from '../json.ts';
import { isWithin } from '../settings/rules.ts';
import type { Settings } from '../settings/settings.ts';
import { createTokenizer, HARD_SEPARATOR_DISTANCE, type Tokenizer } from '../text/tokenize.ts';
import { visitLeaves } from './paths.ts';
import { Vocabulary } from './vocabulary.ts';

/** The words of one attribute of one document, in order, with their positions. */
export interface AttributeWords {
  attribute: number;
  words: Uint32Array;
  positions: Uint16Array;
}

/** As in Meilisearch, words beyond this position of an attribute are not indexed. */
const MAX_POSITION = 65_535;

interface Building {
  words: number[];
  positions: number[];
  next: number;
}

/** Full text of an index: which words stand where. Documents are known by their internal number. */
export class TextIndex {
  readonly vocabulary = new Vocabulary();
  readonly tokenizer: Tokenizer;
  /** Searchable attributes in order of weight; grows as fields appear when everything is searchable. */
  readonly attributes: string[];
  readonly #everything: boolean;
  readonly #documents = new Map<number, AttributeWords[]>();

  constructor(settings: Pick<Settings, 'searchableAttributes' | 'nonSeparatorTokens' | 'separatorTokens'>) {
    this.tokenizer = createTokenizer(settings);
    this.#everything = settings.searchableAttributes.includes('*');
    this.attributes = this.#everything ? [] : [...settings.searchableAttributes];
  }

  wordsOf(document: number): readonly AttributeWords[] {
    return this.#documents.get(document) ?? [];
  }

  /** Adds a document, or replaces what is known of it. */
  put(document: number, body: JsonObject): void {
    const before = this.#documents.get(document);
    const building = new Map<number, Building>();
    visitLeaves(body, (path, value) => {
      const attribute = value === null ? -1 : this.#attributeOf(path);
      if (attribute >= 0) this.#addText(building, attribute, String(value));
    });
    const after = [...building]
      .sort(([left], [right]) => left - right)
      .map(([attribute, { words, positions }]) => ({
        attribute,
        words: Uint32Array.from(words),
        positions: Uint16Array.from(positions),
      }));
    this.#documents.set(document, after);
    this.#updatePostings(document, before ?? [], after);
  }

  remove(document: number): void {
    const words = this.#documents.get(document);
    if (words === undefined) return;
    this.#documents.delete(document);
    this.#updatePostings(document, words, []);
  }

  #updatePostings(document: number, before: readonly AttributeWords[], after: readonly AttributeWords[]): void {
    const known = distinctWords(before);
    const present = distinctWords(after);
    for (const word of present) if (!known.has(word)) this.vocabulary.addDocument(word, document);
    for (const word of known) if (!present.has(word)) this.vocabulary.removeDocument(word, document);
  }

  #attributeOf(path: string): number {
    if (!this.#everything) return this.attributes.findIndex((attribute) => isWithin(path, attribute));
    const known = this.attributes.indexOf(path);
    return known >= 0 ? known : this.attributes.push(path) - 1;
  }

  #addText(building: Map<number, Building>, attribute: number, text: string): void {
    let target = building.get(attribute);
    if (target === undefined) building.set(attribute, (target = { words: [], positions: [], next: 0 }));
    let last = -1;
    for (const token of this.tokenizer.tokenize(text)) {
      const position = target.next + token.position;
      if (position > MAX_POSITION) break;
      target.words.push(this.vocabulary.idOf(token.word));
      target.positions.push(position);
      last = position;
    }
    if (last >= 0) target.next = last + HARD_SEPARATOR_DISTANCE;
  }
}

function distinctWords(parts: readonly AttributeWords[]): Set<number> {
  const distinct = new Set<number>();
  for (const { words } of parts) for (const word of words) distinct.add(word);
  return distinct;
}
