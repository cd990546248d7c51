import { SIZES, type Scale } from '@eduplatform/seed/scale/sizes';
import { MAX_DOCUMENTS } from '../search-engine/limits.ts';

/** @throws when the embedded search engine, with nothing else there, would refuse what the scale has. */
export function assertSearchHolds(scale: Scale | null, isEmbedded: boolean): void {
  if (scale === null || scale === 'demo' || !isEmbedded) return;
  const { courses, lessons } = SIZES[scale];
  if (Math.max(courses, lessons) <= MAX_DOCUMENTS) return;
  const count = (value: number): string => value.toLocaleString('en-US');
  throw new Error(
    `The scale ${scale} has ${count(lessons)} lessons, and the embedded search engine holds ${count(MAX_DOCUMENTS)}. ` +
      'It needs a real Meilisearch (≥ 1.30): put meilisearch on the PATH, or set MEILI_URL and MEILI_MASTER_KEY.',
  );
}
