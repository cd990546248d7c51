/** What one call of `load` is asked for: at most one page of courses. */
export interface Keys {
  courses: string[];
  /** Earlier revisions of these courses, whose lessons are gone unless the live revision has them too. */
  revisions: { courseId: string; revision: number }[];
  lessons: string[];
  slugs: string[];
  categories: boolean;
}

export const courseKeys = (courses: string[]): Keys => ({
  courses,
  revisions: [],
  lessons: [],
  slugs: [],
  categories: false,
});
