/** Language of a course's texts. */
export type CourseLanguage = 'en' | 'ru';

export type CourseLevel = 'beginner' | 'intermediate' | 'advanced';

/** Money in minor units (cents, kopecks) with its ISO 4217 currency. */
export type Price = { amount: number; currency: string };

/** The person a course belongs to; identified by email. */
export type TeacherSource = { name: string; email: string; bio: string };

export type LessonSource = {
  title: string;
  /** Markdown without the lesson's own title. */
  bodyMd: string;
  isFreePreview: boolean;
  durationMinutes: number;
};

export type ModuleSource = { title: string; lessons: LessonSource[] };

/** A whole course as plain data: what the folder reader and the generator yield, and what the loaders take. */
export type CourseSource = {
  slug: string;
  title: string;
  /** One line: what the course promises. */
  subtitle: string;
  descriptionMd: string;
  language: CourseLanguage;
  level: CourseLevel;
  /** One of the slugs in `categories.ts`. */
  categorySlug: string;
  /** Null for a free course. */
  price: Price | null;
  outcomes: string[];
  teacher: TeacherSource;
  modules: ModuleSource[];
};
