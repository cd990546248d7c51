import { RESERVED_SLUGS } from '@eduplatform/contracts/reserved-slugs';
import { isUuid } from '@eduplatform/contracts/primitives';
import { ProblemError } from '@eduplatform/http-kit/problem';

const CYRILLIC: Record<string, string> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'yo', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm',
  н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch',
  ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya', і: 'i', ї: 'yi', є: 'ye', ґ: 'g',
}; // prettier-ignore

/** Leaves room for a suffix below the 80 characters that a slug may have. */
const MAX_LENGTH = 70;
const MIN_LENGTH = 3;
const FALLBACK = 'untitled-course';

/** Slugs that would be taken for a route or for an id. */
export const isReservedSlug = (slug: string): boolean => RESERVED_SLUGS.has(slug) || isUuid(slug);

export function assertSlugAllowed(slug: string): void {
  if (isReservedSlug(slug)) throw new ProblemError('slug_reserved', `"${slug}" cannot be the slug of a course`);
}

/** A slug made from a title: Cyrillic transliterated, accents dropped, cut at a word's end; never a reserved one. */
export function slugFromTitle(title: string): string {
  const latin = [...title.normalize('NFC').toLowerCase()].map((letter) => CYRILLIC[letter] ?? letter).join('');
  const words = latin
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/['’ʼ]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const slug = cutAtWord(words);
  if (slug === '') return FALLBACK;
  return slug.length < MIN_LENGTH || isReservedSlug(slug) ? `${slug}-course` : slug;
}

function cutAtWord(slug: string): string {
  if (slug.length <= MAX_LENGTH) return slug;
  const cut = slug.slice(0, MAX_LENGTH + 1);
  const end = cut.lastIndexOf('-');
  return end >= MIN_LENGTH ? cut.slice(0, end) : slug.slice(0, MAX_LENGTH);
}

/** `base`, or `base-2`, `base-3` …: the first that is not taken. */
export function freeSlug(base: string, taken: ReadonlySet<string>): string {
  if (!taken.has(base)) return base;
  for (let number = 2; ; number += 1) {
    const slug = `${base}-${number}`;
    if (!taken.has(slug)) return slug;
  }
}
