import { defaultSettings, TEXT_SETTINGS, type FacetOrder, type Settings, type TypoTolerance } from './settings.ts';
import type { SettingsUpdate } from './update.ts';

/** Fills the parts of a nested setting that were sent; null goes back to the default. */
function mergeParts<T extends object>(current: T, defaults: T, given: Partial<Record<keyof T, unknown>>): T {
  const merged = { ...current } as Record<string, unknown>;
  for (const [name, value] of Object.entries(given)) {
    merged[name] = value === null ? (defaults as Record<string, unknown>)[name] : value;
  }
  return merged as T;
}

const NESTED = new Set(['typoTolerance', 'faceting', 'pagination']);
const SETS = new Set(['sortableAttributes', 'stopWords', 'nonSeparatorTokens', 'separatorTokens']);

function mergeNested(name: string, current: Settings, defaults: Settings, given: Record<string, unknown>): unknown {
  if (name === 'typoTolerance') {
    const merged = mergeParts<TypoTolerance>(current.typoTolerance, defaults.typoTolerance, given);
    const sizes = { ...current.typoTolerance.minWordSizeForTypos, ...merged.minWordSizeForTypos };
    return { ...merged, minWordSizeForTypos: sizes };
  }
  if (name === 'pagination') return mergeParts(current.pagination, defaults.pagination, given);
  const merged = mergeParts(current.faceting, defaults.faceting, given);
  const orders: Record<string, FacetOrder> = { '*': 'alpha', ...merged.sortFacetValuesBy };
  return { ...merged, sortFacetValuesBy: orders };
}

/** Settings after a change; null means all back to their defaults. */
export function mergeSettings(current: Settings, update: SettingsUpdate | null): Settings {
  const defaults = defaultSettings();
  if (update === null) return defaults;
  const merged: Record<string, unknown> = { ...current };
  for (const [name, value] of Object.entries(update)) {
    if (value === null) merged[name] = (defaults as unknown as Record<string, unknown>)[name];
    else if (NESTED.has(name)) merged[name] = mergeNested(name, current, defaults, value as Record<string, unknown>);
    else if (SETS.has(name)) merged[name] = [...new Set(value as string[])].sort();
    else merged[name] = value;
  }
  return merged as unknown as Settings;
}

/** Must the words of all documents be read again after this change? */
export const changesText = (before: Settings, after: Settings): boolean =>
  TEXT_SETTINGS.some((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
