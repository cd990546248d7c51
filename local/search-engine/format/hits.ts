import type { SearchIndex, StoredDocument } from '../index/search-index.ts';
import { selectPaths } from '../index/paths.ts';
import type { JsonObject } from '../json.ts';
import { isWithin } from '../settings/rules.ts';
import type { SearchOutcome } from '../search/execute.ts';
import type { RankedDocument } from '../search/order.ts';
import type { SearchQuery } from '../search/search-query.ts';
import { DocumentFormatter, type MatchesPosition } from './format-document.ts';
import { formatPlan } from './format-options.ts';
import { MatchingWords } from './matching-words.ts';

export type Hit = JsonObject & { _formatted?: JsonObject; _matchesPosition?: MatchesPosition; _rankingScore?: number };

/** The attributes asked for, as far as they may be shown. */
export function visibleAttributes(requested: readonly string[] | null, displayed: readonly string[]): string[] {
  if (requested === null || requested.includes('*')) return [...displayed];
  if (displayed.includes('*')) return [...requested];
  return requested.flatMap((attribute) => {
    if (displayed.some((shown) => isWithin(attribute, shown))) return [attribute];
    return displayed.filter((shown) => isWithin(shown, attribute));
  });
}

/** Builds hits: selected attributes, `_formatted`, match positions and scores, as far as asked for. */
export function createHitMaker(
  index: SearchIndex,
  query: SearchQuery,
  { matches }: SearchOutcome,
): (ranked: RankedDocument) => JsonObject {
  const { displayedAttributes } = index.settings;
  const retrieved = visibleAttributes(query.attributesToRetrieve, displayedAttributes);
  const plan = formatPlan(query, (attribute) => index.hasField(attribute));
  const formatted = [...retrieved, ...visibleAttributes([...plan.keys()], displayedAttributes)];
  const words = new MatchingWords(matches?.terms ?? [], index.text.tokenizer);
  const formatter = new DocumentFormatter(words, plan, {
    preTag: query.highlightPreTag,
    postTag: query.highlightPostTag,
    cropMarker: query.cropMarker,
  });
  const extras = ({ body }: StoredDocument, score: number): JsonObject => ({
    ...(plan.size > 0 ? { _formatted: formatter.format(selectPaths(body, formatted)) } : {}),
    ...(query.showMatchesPosition
      ? { _matchesPosition: formatter.positions(selectPaths(body, displayedAttributes)) as unknown as JsonObject }
      : {}),
    ...(query.showRankingScore ? { _rankingScore: score } : {}),
  });
  return ({ document, score }) => ({ ...selectPaths(document.body, retrieved), ...extras(document, score) });
}
