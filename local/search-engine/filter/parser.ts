import { MeiliError, unsupported } from '../errors.ts';
import type { Comparison, Filter, Place } from './ast.ts';
import { filterError, lex, type FilterToken } from './lexer.ts';

const MAX_DEPTH = 75;
const KEYWORDS = new Set(
  'AND OR IN NOT TO EXISTS IS NULL EMPTY CONTAINS STARTS WITH _geoRadius _geoBoundingBox'.split(' '),
);
const COMPARISONS = new Set<string>(['=', '!=', '>', '>=', '<', '<=']);
const OPERATIONS =
  'Was expecting an operation `=`, `!=`, `>=`, `>`, `<=`, `<`, `IN`, `NOT IN`, `TO`, `EXISTS`, `NOT EXISTS`, `IS NULL`, `IS NOT NULL`, `IS EMPTY`, `IS NOT EMPTY`, `CONTAINS`, `NOT CONTAINS`, `STARTS WITH`, `NOT STARTS WITH`, `_geoRadius`, `_geoBoundingBox` or `_geoPolygon`';

const CONTAINS_DISABLED =
  'Using `CONTAINS` in a filter requires enabling the `contains filter` experimental feature. See https://github.com/orgs/meilisearch/discussions/763';

/** Recursive descent over Meilisearch's filter grammar: or → and → not → condition. */
class Parser {
  readonly #text: string;
  readonly #tokens: FilterToken[];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = lex(text);
  }

  parse(): Filter {
    const filter = this.#or(0);
    const rest = this.#peek();
    if (rest.kind !== 'end') {
      const left = this.#text.slice(rest.from);
      throw this.#error(
        `Found unexpected characters at the end of the filter: \`${left}\`. You probably forgot an \`OR\` or an \`AND\` rule.`,
        rest.from,
        this.#text.length,
      );
    }
    return filter;
  }

  #peek(ahead = 0): FilterToken {
    const token = this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)];
    if (token === undefined) throw new Error('a filter always ends with an end token');
    return token;
  }

  #error(message: string, from: number, to: number): MeiliError {
    return filterError(message, this.#text, from, to);
  }

  #isWord(word: string, ahead = 0): boolean {
    const token = this.#peek(ahead);
    return token.kind === 'word' && token.value === word;
  }

  #take(word: string): boolean {
    if (!this.#isWord(word)) return false;
    this.#at += 1;
    return true;
  }

  #symbol(symbol: string): boolean {
    const token = this.#peek();
    if (token.kind !== 'symbol' || token.value !== symbol) return false;
    this.#at += 1;
    return true;
  }

  #or(depth: number): Filter {
    if (depth > MAX_DEPTH) {
      const { from } = this.#peek();
      throw this.#error(
        'The filter exceeded the maximum depth limit. Try rewriting the filter so that it contains fewer nested conditions.',
        from,
        this.#text.length,
      );
    }
    const parts = [this.#and(depth)];
    while (this.#take('OR')) parts.push(this.#and(depth));
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'or', parts };
  }

  #and(depth: number): Filter {
    const parts = [this.#not(depth)];
    while (this.#take('AND')) parts.push(this.#not(depth));
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'and', parts };
  }

  #not(depth: number): Filter {
    let negated = false;
    while (this.#take('NOT')) negated = !negated;
    const part = this.#primary(depth);
    return negated ? { kind: 'not', part } : part;
  }

  #primary(depth: number): Filter {
    const token = this.#peek();
    if (this.#symbol('(')) {
      const inner = this.#or(depth + 1);
      if (!this.#symbol(')')) {
        throw this.#error(
          `Expression \`${this.#text.slice(token.from)}\` is missing the following closing delimiter: \`)\`.`,
          token.from,
          this.#text.length,
        );
      }
      return inner;
    }
    if (token.kind === 'word' && token.value.startsWith('_geo')) {
      throw unsupported('invalid_search_filter', `The filter \`${token.value}\``);
    }
    return this.#condition();
  }

  #condition(): Filter {
    const start = this.#peek();
    if (start.kind === 'end') throw this.#error(`${OPERATIONS} but instead got nothing.`, start.from, start.to);
    if (start.kind === 'symbol') throw this.#invalidOperation(start);
    const attribute = this.#value();
    const at: Place = { text: this.#text, from: start.from, to: start.to };
    const operator = this.#peek();
    if (operator.kind === 'symbol' && COMPARISONS.has(operator.value)) {
      this.#at += 1;
      return { kind: 'compare', attribute, at, operator: operator.value as Comparison, value: this.#value() };
    }
    if (this.#take('EXISTS')) return { kind: 'exists', attribute, at };
    if (this.#take('IS')) return this.#is(attribute, at, start);
    if (this.#isWord('NOT')) {
      const negatable = ['IN', 'EXISTS', 'CONTAINS', 'STARTS'].some((word) => this.#isWord(word, 1));
      if (!negatable) throw this.#invalidOperation(start);
      this.#at += 1;
      return { kind: 'not', part: this.#negatable(attribute, at, start) };
    }
    if (['IN', 'CONTAINS', 'STARTS'].some((word) => this.#isWord(word))) return this.#negatable(attribute, at, start);
    return this.#between(attribute, at, start);
  }

  #negatable(attribute: string, at: Place, start: FilterToken): Filter {
    if (this.#take('EXISTS')) return { kind: 'exists', attribute, at };
    if (this.#take('IN')) return { kind: 'in', attribute, at, values: this.#list() };
    const operator = this.#peek();
    if (this.#take('CONTAINS')) {
      const { message } = this.#error(CONTAINS_DISABLED, operator.from, operator.to);
      throw new MeiliError('feature_not_enabled', message);
    }
    this.#at += 1;
    if (!this.#take('WITH')) throw this.#invalidOperation(start);
    return { kind: 'startsWith', attribute, at, value: this.#value() };
  }

  #is(attribute: string, at: Place, start: FilterToken): Filter {
    const negated = this.#take('NOT');
    const kind = this.#take('NULL') ? 'null' : this.#take('EMPTY') ? 'empty' : undefined;
    if (kind === undefined) throw this.#invalidOperation(start);
    const part: Filter = { kind, attribute, at };
    return negated ? { kind: 'not', part } : part;
  }

  #between(attribute: string, at: Place, start: FilterToken): Filter {
    const next = this.#peek();
    const isValue = next.kind === 'quoted' || (next.kind === 'word' && !KEYWORDS.has(next.value));
    if (!isValue || !this.#isWord('TO', 1)) throw this.#invalidOperation(start);
    const from = this.#value();
    this.#at += 1;
    return { kind: 'between', attribute, at, from, to: this.#value() };
  }

  #list(): string[] {
    const open = this.#peek();
    if (!this.#symbol('[')) throw this.#error('Expected `[` after `IN` keyword.', open.from, this.#text.length);
    const values: string[] = [];
    while (!this.#symbol(']')) {
      const token = this.#peek();
      if (token.kind === 'end') {
        throw this.#error('Expected matching `]` after the list of field names given to `IN[`', token.from, token.to);
      }
      const isValue = token.kind === 'quoted' || token.kind === 'word';
      const isKeyword = token.kind === 'word' && KEYWORDS.has(token.value);
      if (!isValue || isKeyword) {
        const left = this.#text.slice(token.from);
        const hint = isKeyword
          ? `, which is a keyword. To use \`${left}\` as a field name or a value, surround it by quotes.`
          : '.';
        throw this.#error(
          `Expected only comma-separated field names inside \`IN[..]\` but instead found \`${left}\`${hint}`,
          token.from,
          this.#text.length,
        );
      }
      values.push(this.#value());
      const separator = this.#peek();
      if (!this.#symbol(',') && !(separator.kind === 'symbol' && separator.value === ']') && separator.kind !== 'end') {
        const left = this.#text.slice(separator.from);
        throw this.#error(
          `Expected only comma-separated field names inside \`IN[..]\` but instead found \`${left}\`.`,
          separator.from,
          this.#text.length,
        );
      }
    }
    return values;
  }

  #value(): string {
    const token = this.#peek();
    if (token.kind === 'quoted' || (token.kind === 'word' && !KEYWORDS.has(token.value))) {
      this.#at += 1;
      return token.value;
    }
    if (token.kind === 'end') {
      throw this.#error('Was expecting a value but instead got nothing.', token.from, token.to);
    }
    const reserved = `, which is a reserved keyword. To use \`${token.value}\` as a field name or a value, surround it by quotes.`;
    throw this.#error(
      `Was expecting a value but instead got \`${token.value}\`${token.kind === 'word' ? reserved : '.'}`,
      token.from,
      token.to,
    );
  }

  #invalidOperation(start: FilterToken): MeiliError {
    const left = this.#text.slice(start.from);
    return this.#error(`${OPERATIONS} at \`${left}\`.`, start.from, this.#text.length);
  }
}

/** Parses one filter expression; null when it is blank. Throws `invalid_search_filter`. */
export const parseFilter = (text: string): Filter | null => (text.trim() === '' ? null : new Parser(text).parse());
