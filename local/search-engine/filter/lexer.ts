import { MeiliError } from '../errors.ts';
import { unescape } from './unescape.ts';

export interface FilterToken {
  kind: 'word' | 'quoted' | 'symbol' | 'end';
  /** The value: unescaped for quoted ones. */
  value: string;
  from: number;
  to: number;
}

const WORD = /[\p{L}\p{N}_.-]+/uy;
const SYMBOL = /!=|>=|<=|[=<>()[\],]/uy;
const SPACE = /\s+/uy;
const ERROR_WORD = /[^\s()=<>!]*/uy;

/** A filter error with the place of the fault, as the real server words it. */
export function filterError(message: string, text: string, from: number, to: number): MeiliError {
  const start = [...text.slice(0, from)].length + 1;
  const length = [...text.slice(from, to)].length;
  return new MeiliError('invalid_search_filter', `${message}\n${start}:${start + length} ${text}`);
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function quoted(text: string, from: number): FilterToken {
  const quote = text[from];
  let at = from + 1;
  while (at < text.length && text[at] !== quote) at += text[at] === '\\' ? 2 : 1;
  if (at >= text.length) {
    const rest = text.slice(from);
    throw filterError(
      `Expression \`${rest}\` is missing the following closing delimiter: \`${quote}\`.`,
      text,
      from,
      text.length,
    );
  }
  const value = unescape(text.slice(from + 1, at));
  if (value === null) {
    throw filterError(`Malformed value: \`${text.slice(from + 1, at)}\`.`, text, from + 1, at);
  }
  return { kind: 'quoted', value, from, to: at + 1 };
}

/** Cuts a filter into words, quoted values and symbols. */
export function lex(text: string): FilterToken[] {
  const tokens: FilterToken[] = [];
  let at = 0;
  while (at < text.length) {
    const space = matchAt(SPACE, text, at);
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    if (text[at] === '"' || text[at] === "'") {
      const token = quoted(text, at);
      tokens.push(token);
      at = token.to;
      continue;
    }
    const symbol = matchAt(SYMBOL, text, at);
    const value = symbol ?? matchAt(WORD, text, at);
    if (value === undefined) {
      const wrong = matchAt(ERROR_WORD, text, at) || text.slice(at, at + 1);
      throw filterError(`Was expecting a value but instead got \`${wrong}\`.`, text, at, at + wrong.length);
    }
    tokens.push({ kind: symbol === undefined ? 'word' : 'symbol', value, from: at, to: at + value.length });
    at += value.length;
  }
  tokens.push({ kind: 'end', value: '', from: text.length, to: text.length });
  return tokens;
}
