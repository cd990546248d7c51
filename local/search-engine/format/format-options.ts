import { isWithin } from '../settings/rules.ts';
import type { SearchQuery } from '../search/search-query.ts';
import type { FormatOptions } from './format-text.ts';

/** Which attributes are highlighted and cropped. */
export type FormatPlan = Map<string, FormatOptions>;

function cropRule(text: string, fallback: number): [string, number] {
  const colon = text.lastIndexOf(':');
  if (colon < 0) return [text, fallback];
  const length = text.slice(colon + 1);
  return [text.slice(0, colon), /^\d+$/.test(length) ? Number(length) : fallback];
}

/** Reads `attributesToHighlight` and `attributesToCrop`; empty when nothing that exists is to be formatted. */
export function formatPlan(query: SearchQuery, isKnown: (attribute: string) => boolean): FormatPlan {
  const plan: FormatPlan = new Map();
  const exists = (attribute: string): boolean => attribute === '*' || isKnown(attribute);
  for (const attribute of query.attributesToHighlight) {
    if (exists(attribute)) plan.set(attribute, { highlight: true, crop: null });
  }
  for (const text of query.attributesToCrop) {
    const [attribute, crop] = cropRule(text, query.cropLength);
    if (exists(attribute)) plan.set(attribute, { highlight: plan.get(attribute)?.highlight ?? false, crop });
  }
  return plan;
}

/** What is done with one leaf: every rule that names it, or something around or inside it, counts. */
export function optionsFor(plan: FormatPlan, path: string): FormatOptions | null {
  const rules = [...plan].filter(
    ([attribute]) => attribute === '*' || isWithin(path, attribute) || isWithin(attribute, path),
  );
  if (rules.length === 0) return null;
  return {
    highlight: rules.some(([, { highlight }]) => highlight),
    crop: rules.find(([, { crop }]) => crop !== null)?.[1].crop ?? null,
  };
}
