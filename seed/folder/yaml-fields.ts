import { isMap, LineCounter, parseDocument, type Document } from 'yaml';
import { CourseFolderError } from './error.ts';

const MAX_ALIASES = 20;

type Key = string | readonly (string | number)[];

/** A YAML mapping read field by field, so that each complaint names the file and the line. */
export class YamlFields {
  readonly #document: Document;
  readonly #lines: LineCounter;
  readonly #file: string;
  readonly #lineOffset: number;

  /** `lineOffset`: lines that precede the text in its file. Throws CourseFolderError when it is no YAML mapping. */
  constructor(text: string, file: string, lineOffset = 0) {
    this.#file = file;
    this.#lineOffset = lineOffset;
    this.#lines = new LineCounter();
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, logLevel: 'silent' });
    const error = this.#document.errors[0];
    if (error) {
      const line = this.#lines.linePos(error.pos[0]).line + lineOffset;
      throw new CourseFolderError(
        { file, line },
        `not valid YAML (${error.message})`,
        'Put text with : or # in quotes',
      );
    }
  }

  get isMap(): boolean {
    return isMap(this.#document.contents);
  }

  keys(...path: string[]): string[] {
    const node: unknown = path.length === 0 ? this.#document.contents : this.#document.getIn(path, true);
    return isMap(node) ? node.items.map((item) => String(item.key)) : [];
  }

  value(key: Key): unknown {
    const node: unknown = this.#document.getIn(pathOf(key), false);
    if (!isNode(node)) return node;
    try {
      return node.toJS(this.#document, { maxAliasCount: MAX_ALIASES });
    } catch (error) {
      // The library refuses aliases that are unknown or multiply without end.
      if (!(error instanceof ReferenceError)) throw error;
      return this.fail(key, `an alias (*name) cannot be used here: ${error.message}`, 'Write the text out');
    }
  }

  fail(key: Key, problem: string, advice: string): never {
    throw new CourseFolderError({ file: this.#file, line: this.#lineOf(key) }, problem, advice);
  }

  /** Text of at most `max` characters on one line; numbers are taken as written. */
  text(key: Key, max: number): string | undefined {
    const value = this.value(key);
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string' && typeof value !== 'number')
      this.fail(key, `${name(key)} is not text`, 'Write text');
    const text = String(value).replace(/\s+/g, ' ').trim();
    if (text === '') this.fail(key, `${name(key)} is empty`, 'Write something or remove the line');
    if (text.length > max) {
      this.fail(key, `${name(key)} has ${text.length} characters, the limit is ${max}`, 'Shorten it');
    }
    return text;
  }

  integer(key: Key, min: number, max: number): number | undefined {
    const value = this.value(key);
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
      this.fail(key, `${name(key)} is not a whole number from ${min} to ${max}`, 'Correct the number');
    }
    return value;
  }

  flag(key: Key): boolean | undefined {
    const value = this.value(key);
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'boolean') this.fail(key, `${name(key)} is neither true nor false`, 'Write true or false');
    return value;
  }

  oneOf<T extends string>(key: Key, allowed: readonly T[]): T | undefined {
    const value = this.value(key);
    if (value === undefined || value === null) return undefined;
    const found = allowed.find((item) => item === value);
    return found ?? this.fail(key, `${name(key)} is ${JSON.stringify(value)}`, `Use one of: ${allowed.join(', ')}`);
  }

  #lineOf(key: Key): number | undefined {
    for (let path = pathOf(key); path.length > 0; path = path.slice(0, -1)) {
      const node: unknown = this.#document.getIn(path, true);
      const start = isNode(node) ? node.range?.[0] : undefined;
      if (start !== undefined) return this.#lines.linePos(start).line + this.#lineOffset;
    }
    return undefined;
  }
}

interface RangedNode {
  range?: readonly number[] | null;
  toJS: (document: Document, options: { maxAliasCount: number }) => unknown;
}

const isNode = (value: unknown): value is RangedNode =>
  typeof value === 'object' && value !== null && 'toJS' in value && typeof value.toJS === 'function';

const pathOf = (key: Key): readonly (string | number)[] => (typeof key === 'string' ? [key] : key);
const name = (key: Key): string => pathOf(key).join('.');
