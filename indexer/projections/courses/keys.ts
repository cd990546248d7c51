/** What one call of `load` is asked for: at most one page of courses. */
export interface Keys {
  courses: string[];
  /** Courses without their lessons. */
  heads: string[];
  /** Earlier revisions of these courses, whose lessons are gone unless the live revision has them too. */
  revisions: { courseId: string; revision: number }[];
  lessons: string[];
  slugs: string[];
  categories: boolean;
}

export const NO_KEYS: Keys = { courses: [], heads: [], revisions: [], lessons: [], slugs: [], categories: false };
