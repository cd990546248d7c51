import type { Language, Level, Money } from '@eduplatform/contracts/primitives';

/** The person a course belongs to, identified by email. */
export interface TeacherSource {
  name: string;
  email: string;
  bio: string;
}

export interface LessonSource {
  title: string;
  /** Markdown without the lesson's own title. */
  bodyMd: string;
  isFreePreview: boolean;
  durationMinutes: number;
}

export interface ModuleSource {
  title: string;
  lessons: LessonSource[];
}

/** A whole course as plain data: what the folder reader and the generator yield, and what the loaders take. */
export interface CourseSource {
  slug: string;
  title: string;
  /** One line: what the course promises. */
  subtitle: string;
  descriptionMd: string;
  language: Language;
  level: Level;
  /** One of the slugs in `categories.ts`. */
  categorySlug: string;
  /** Null for a free course. */
  price: Money | null;
  outcomes: string[];
  teacher: TeacherSource;
  modules: ModuleSource[];
}

/** What the database accepts; a source beyond these is refused before anything is written. */
export const LIMITS = {
  courseTitle: 120,
  subtitle: 200,
  description: 20_000,
  outcomes: 12,
  outcome: 200,
  moduleTitle: 120,
  modules: 100,
  lessonTitle: 160,
  lessonBytes: 200_000,
  lessons: 500,
  minutes: 1440,
  priceAmount: 100_000_000,
  teacherName: 100,
  teacherBio: 2000,
} as const;
