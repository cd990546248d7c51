import type { CourseState } from '../writers/course-history.ts';

/** What an answer shows of a course, as far as it goes; null: that there is none. */
export type Seen = Partial<NonNullable<CourseState>> | null;

/** The ids of what was asked for, or of what stood under a slug when the token was given. */
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
 * An answer must show the state that the token stands for, or a later one, or say that it is stale. It may show nothing when
 * what was asked for is gone in a later state, also where another one has taken its place: of that one the token tells
 * nothing. Pure.
 */
export function judge(
  { status, isStale, isDegraded, seen }: Reading,
  states: readonly CourseState[],
  asked: Asked,
): Verdict {
  if (status === 503) return 'unavailable';
  if (status !== 200 && status !== 404) return 'violation';
  if (isStale) return 'stale';
  // What lists have no room for says nothing.
  if (isDegraded && seen === null) return 'degraded';
  const isShown = (state: CourseState): boolean => (seen === null ? !shows(asked, state) : shows(seen, state));
  if (states.some(isShown)) return isDegraded ? 'degraded' : 'right';
  return 'violation';
}

function shows(seen: NonNullable<Seen>, state: CourseState): boolean {
  if (state === null) return false;
  return (Object.keys(seen) as (keyof typeof seen)[]).every((name) => seen[name] === state[name]);
}
