import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { isWithin } from '../settings/rules.ts';

/** Dotted paths into documents: arrays are walked through, as Meilisearch does. */

export type LeafVisitor = (path: string, value: string | number | boolean | null, indices: readonly number[]) => void;

function visit(value: JsonValue, path: string, indices: readonly number[], visitor: LeafVisitor): void {
  if (Array.isArray(value)) {
    value.forEach((element, index) => visit(element, path, [...indices, index], visitor));
  } else if (isObject(value)) {
    for (const [key, child] of Object.entries(value))
      visit(child, path === '' ? key : `${path}.${key}`, indices, visitor);
  } else {
    visitor(path, value, indices);
  }
}

/** Adds the path of everything in a document, containers too. */
export function addPaths(value: JsonValue, path: string, into: Set<string>): void {
  if (Array.isArray(value)) {
    for (const element of value) addPaths(element, path, into);
    return;
  }
  if (!isObject(value)) return;
  for (const [key, child] of Object.entries(value)) {
    const inner = path === '' ? key : `${path}.${key}`;
    into.add(inner);
    addPaths(child, inner, into);
  }
}

/** Calls the visitor with every string, number, boolean and null of a document. */
export function visitLeaves(document: JsonObject, visitor: LeafVisitor): void {
  for (const [key, child] of Object.entries(document)) visit(child, key, [], visitor);
}

function collect(value: JsonValue, rest: string, into: JsonValue[]): void {
  if (Array.isArray(value)) {
    for (const element of value) collect(element, rest, into);
    return;
  }
  if (!isObject(value)) return;
  for (const [key, child] of Object.entries(value)) {
    if (key === rest) into.push(child);
    else if (rest.startsWith(`${key}.`)) collect(child, rest.slice(key.length + 1), into);
  }
}

/** Every value found at a dotted path. */
export function valuesAt(document: JsonObject, path: string): JsonValue[] {
  const found: JsonValue[] = [];
  collect(document, path, found);
  return found;
}

function pick(value: JsonValue, path: string, selectors: readonly string[]): JsonValue | undefined {
  if (selectors.some((selector) => isWithin(path, selector))) return value;
  if (!selectors.some((selector) => isWithin(selector, path))) return undefined;
  if (Array.isArray(value)) {
    const kept = value.map((element) => pick(element, path, selectors)).filter((element) => element !== undefined);
    return kept.length === 0 && value.length > 0 ? undefined : kept;
  }
  if (!isObject(value)) return undefined;
  const kept: JsonObject = {};
  for (const [key, child] of Object.entries(value)) {
    const part = pick(child, `${path}.${key}`, selectors);
    if (part !== undefined) kept[key] = part;
  }
  return Object.keys(kept).length === 0 ? undefined : kept;
}

/** A copy with only what the selectors name; `*` names everything. */
export function selectPaths(document: JsonObject, selectors: readonly string[]): JsonObject {
  if (selectors.includes('*')) return document;
  const selected: JsonObject = {};
  for (const [key, child] of Object.entries(document)) {
    const part = pick(child, key, selectors);
    if (part !== undefined) selected[key] = part;
  }
  return selected;
}
