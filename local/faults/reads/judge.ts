import type { CourseState } from '../writers/course-history.ts';

/** What an answer shows of a course, as far as it goes; null: that there is none. */
export type Seen = Partial<NonNullable<CourseState>> | null;

/** The ids by which something was asked for. */
export type Asked = Partial<Pick<NonNullable<CourseState>, 'courseId' | 'lessonId'>>;

/** What a reader was told in answer to a read with a token. */
export interface Reading {
  status: number;
  isStale: boolean;
  /** Catalog lists in the place of hits. */
  isDegraded: boolean;
  seen: Seen;
}

export type Verdict = 'right' | 'stale' | 'unavailable' | 'degraded' | 'violation';

/**
 * An answer must show the state that the token stands for, or a later one, or say that it is stale. `asked` is what was
 * asked for by its id, if anything was: it is also missing where something else has taken its place. Pure.
 */
export function judge(
  { status, isStale, isDegraded, seen }: Reading,
  states: readonly CourseState[],
  asked: Asked = {},
): Verdict {
  if (status === 503) return 'unavailable';
  if (status !== 200 && status !== 404) return 'violation';
  if (isStale) return 'stale';
  const shown = states.map((state) => (shows(asked, state) ? state : null));
  // What lists have no room for says nothing.
  if (isDegraded && seen === null) return 'degraded';
  if (shown.some((state) => shows(seen, state))) return isDegraded ? 'degraded' : 'right';
  return 'violation';
}

function shows(seen: Seen, state: CourseState): boolean {
  if (seen === null || state === null) return seen === state;
  return (Object.keys(seen) as (keyof typeof seen)[]).every((name) => seen[name] === state[name]);
}
