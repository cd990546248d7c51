const CYRILLIC: Record<string, string> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'yo',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'j',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'c',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
};
const MIN_SLUG = 3;
const MAX_SLUG = 80;

/** `Ночное небо!` → `nochnoe-nebo`. Null when too little is left (fewer than three characters). */
export function slugify(text: string): string | null {
  const latin = [...text.toLowerCase()].map((letter) => CYRILLIC[letter] ?? letter).join('');
  const slug = latin
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG)
    .replace(/^-+|-+$/g, '');
  return slug.length >= MIN_SLUG ? slug : null;
}

/** `02-the_borrow-checker.md` → `The borrow checker`: without the number that orders it and without the extension. */
export function titleFromName(name: string): string {
  const bare = name.replace(/\.(md|markdown)$/i, '');
  const words = bare
    .replace(/^\d+(?:[\s._)-]+|$)/, '')
    .replace(/[-_\s]+/g, ' ')
    .trim();
  const title = words || bare.trim();
  return title.charAt(0).toUpperCase() + title.slice(1);
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Order of files and folders as people number them: 2 before 10. */
export const byName = (a: string, b: string): number => collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
