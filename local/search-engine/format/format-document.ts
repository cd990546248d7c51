import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { optionsFor, type FormatPlan } from './format-options.ts';
import { formatText, type Markers } from './format-text.ts';
import type { MatchingWords } from './matching-words.ts';

/** Byte offsets of a match in a value, as `_matchesPosition` tells them; `indices` lead through arrays. */
export interface MatchBounds {
  start: number;
  length: number;
  indices?: number[];
}

export type MatchesPosition = Record<string, MatchBounds[]>;

const bytes = (text: string): number => Buffer.byteLength(text);

/** Formats every text and number of a document, and notes where the matches are. */
export class DocumentFormatter {
  readonly #words: MatchingWords;
  readonly #plan: FormatPlan;
  readonly #markers: Markers;

  constructor(words: MatchingWords, plan: FormatPlan, markers: Markers) {
    this.#words = words;
    this.#plan = plan;
    this.#markers = markers;
  }

  /** A formatted copy: numbers become text, as they do in Meilisearch. */
  format(document: JsonObject): JsonObject {
    return this.#map(document, '') as JsonObject;
  }

  #map(value: JsonValue, path: string): JsonValue {
    if (Array.isArray(value)) return value.map((element) => this.#map(element, path));
    if (isObject(value)) {
      return Object.fromEntries(
        Object.entries(value).map(([key, child]) => [key, this.#map(child, path === '' ? key : `${path}.${key}`)]),
      );
    }
    if (typeof value !== 'string' && typeof value !== 'number') return value;
    const text = String(value);
    const options = optionsFor(this.#plan, path);
    if (options === null || (!options.highlight && options.crop === null)) return text;
    const tokens = this.#words.tokenize(text);
    return formatText(text, tokens, this.#words.find(text, tokens), options, this.#markers);
  }

  positions(document: JsonObject): MatchesPosition {
    const positions: MatchesPosition = {};
    const visit = (value: JsonValue, path: string, indices: number[]): void => {
      if (Array.isArray(value)) {
        value.forEach((element, index) => visit(element, path, [...indices, index]));
      } else if (isObject(value)) {
        for (const [key, child] of Object.entries(value)) visit(child, path === '' ? key : `${path}.${key}`, indices);
      } else if (typeof value === 'string' || typeof value === 'number') {
        const text = String(value);
        const found = this.#words.find(text, this.#words.tokenize(text)).map(({ start, end }) => ({
          start: bytes(text.slice(0, start)),
          length: bytes(text.slice(start, end)),
          ...(indices.length === 0 ? {} : { indices }),
        }));
        // As in Meilisearch 1.50, of an array only the last element with matches is told.
        if (found.length > 0) positions[path] = found;
      }
    };
    visit(document, '', []);
    return positions;
  }
}
