import { WORD } from './demo-course.ts';

/** What a reader asked for, and what it got. */
export interface Reading {
  kind: 'course' | 'catalog' | 'search';
  status: number;
  body: unknown;
  /** The answer says itself that it is older than what was asked for. */
  isStale: boolean;
  /** The edition that the reader named with X-Read-After; 0 when it named none. */
  wanted: number;
  /** The highest edition that may have been published by then. */
  highest: number;
}

export type Verdict = 'right' | 'stale' | 'degraded' | 'unavailable' | 'wrong';

interface Titled {
  title?: unknown;
}

const editionOf = (title: unknown): number => {
  const [, number] = new RegExp(`^${WORD} (\\d+)$`).exec(String(title)) ?? [];
  return number === undefined ? -1 : Number(number);
};

/** The demo's course among the items of a list or a search; undefined where it is not there. */
function titleIn({ kind, body }: Reading): unknown {
  if (kind === 'course') return (body as Titled).title;
  const { items = [] } = body as { items?: { title?: unknown; type?: string; course?: Titled }[] };
  const titles = items.map((item) =>
    kind === 'catalog' ? item.title : item.type === 'course' ? item.course?.title : '',
  );
  return titles.find((title) => String(title).startsWith(WORD));
}

/** An answer is wrong when it is older than the token says, without saying so itself; or no answer at all. Pure. */
export function judge(reading: Reading): Verdict {
  const { kind, status, body, isStale, wanted, highest } = reading;
  if (status === 503) return 'unavailable';
  if (status !== 200) return 'wrong';
  const isDegraded = kind === 'search' && (body as { degraded?: unknown }).degraded === true;
  // Catalog lists in the place of hits: the course need not be on their first page.
  if (isDegraded) return 'degraded';
  const edition = editionOf(titleIn(reading));
  if (edition < 1 || edition > highest) return isStale ? 'stale' : 'wrong';
  if (edition < wanted) return isStale ? 'stale' : 'wrong';
  return isStale ? 'stale' : 'right';
}
