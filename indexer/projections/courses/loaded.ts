import type { Stars } from '@eduplatform/contracts/rating';
import type { CourseRevision } from '@eduplatform/contracts/revision';

export interface LoadedCategory {
  slug: string;
  nameEn: string;
  nameRu: string;
  hue: number;
  motif: string;
}

/** What is known of a course without its lessons: enough for its card, its page and its place in lists. */
export interface CourseHead {
  id: string;
  slug: string;
  revision: number;
  firstPublishedAt: Date;
  /** When the live revision was published. */
  publishedAt: Date;
  content: Omit<CourseRevision, 'modules' | 'descriptionMd'>;
  size: CourseSize;
  owner: { id: string; name: string; bio: string; isVerified: boolean };
  category: LoadedCategory;
  /** Null: in the catalog. */
  archivedAt: Date | null;
  /** Active enrollments. */
  studentCount: number;
  reviews: Stars;
}

export interface CourseSize {
  moduleCount: number;
  lessonCount: number;
  durationMinutes: number;
  /** Lessons that are marked as free previews, also in a free course. */
  previewCount: number;
}

/** A course as readers shall see it: its live revision with what it shows of its owner and its category. */
export interface LiveCourse extends CourseHead {
  content: CourseRevision;
}

/** What stands in Postgres for the keys that were asked for. */
export interface Loaded {
  courses: LiveCourse[];
  /** Those that are live; what becomes of the others is told by the events that made them so. */
  heads: CourseHead[];
  /** Courses that are not live (any more). */
  goneCourses: string[];
  /** Lessons that are in no loaded live course. */
  goneLessons: string[];
  /** Who answers to a slug now; null: nobody. */
  slugs: { slug: string; courseId: string | null }[];
  /** With counts of the courses in the catalog, in their order; null when not asked for. */
  categories: (LoadedCategory & { courseCount: number })[] | null;
}
