import type { CourseRevision } from '@eduplatform/contracts/revision';

export interface LoadedCategory {
  slug: string;
  nameEn: string;
  nameRu: string;
  hue: number;
  motif: string;
}

/** A course as readers shall see it: its live revision with what it shows of its owner and its category. */
export interface LiveCourse {
  id: string;
  slug: string;
  revision: number;
  firstPublishedAt: Date;
  /** When the live revision was published. */
  publishedAt: Date;
  content: CourseRevision;
  owner: { id: string; name: string; bio: string; isVerified: boolean };
  category: LoadedCategory;
  /** Null: in the catalog. */
  archivedAt: Date | null;
  /** Active enrollments. */
  studentCount: number;
  /** Shown reviews and the sum of their stars. */
  reviews: { count: number; sum: number };
}

/** What stands in Postgres for the keys that were asked for. */
export interface Loaded {
  courses: LiveCourse[];
  /** Courses that are not live (any more). */
  goneCourses: string[];
  /** Lessons that are in no loaded live course. */
  goneLessons: string[];
  /** Who answers to a slug now; null: nobody. */
  slugs: { slug: string; courseId: string | null }[];
  /** With counts of live courses, in their order; null when not asked for. */
  categories: (LoadedCategory & { courseCount: number })[] | null;
}
