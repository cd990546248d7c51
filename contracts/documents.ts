import { Type, type Static } from '@sinclair/typebox';
import { Language, LessonAccess, Level, Money, Slug, Timestamp, Uuid } from './primitives.ts';

/** What the read models hold, exactly as the read API sends it. */

export const TeacherSummary = Type.Object(
  { id: Uuid, name: Type.String(), isVerified: Type.Boolean() },
  { $id: 'TeacherSummary' },
);

export const CategorySummary = Type.Object(
  {
    slug: Slug,
    name: Type.Object({ en: Type.String(), ru: Type.String() }),
    hue: Type.Integer({ minimum: 0, maximum: 360 }),
    motif: Type.String({ description: 'The cover motif of the category: waves, steps, arcs, …' }),
  },
  { $id: 'CategorySummary' },
);
export type CategorySummary = Static<typeof CategorySummary>;

/** Of the reviews that are shown; there is none while nobody has reviewed. */
export const Rating = Type.Object(
  {
    average: Type.Number({ minimum: 1, maximum: 5, description: 'Rounded to hundredths' }),
    count: Type.Integer({ minimum: 1 }),
  },
  { $id: 'Rating' },
);

const cardFields = {
  id: Uuid,
  slug: Slug,
  title: Type.String(),
  subtitle: Type.String(),
  language: Language,
  level: Level,
  category: CategorySummary,
  teacher: TeacherSummary,
  price: Type.Union([Money, Type.Null()], { description: 'null: free' }),
  lessonCount: Type.Integer(),
  durationMinutes: Type.Integer(),
  rating: Type.Union([Rating, Type.Null()]),
  publishedAt: Timestamp,
  updatedAt: Timestamp,
};

/** A course in a list. */
export const CourseCard = Type.Object(cardFields, { $id: 'CourseCard' });
export type CourseCard = Static<typeof CourseCard>;

/** A course on its own page. */
export const Course = Type.Object(
  {
    ...cardFields,
    descriptionHtml: Type.String(),
    outcomes: Type.Array(Type.String()),
    teacherBio: Type.String(),
    moduleCount: Type.Integer(),
    freePreviewCount: Type.Integer(),
    studentCount: Type.Integer(),
    isArchived: Type.Boolean({ description: 'Out of the catalog: only those who are enrolled go on with it' }),
    revision: Type.Integer({ description: 'The published revision that this shows' }),
  },
  { $id: 'Course' },
);
export type Course = Static<typeof Course>;

export const CurriculumLesson = Type.Object(
  { id: Uuid, title: Type.String(), durationMinutes: Type.Integer(), access: LessonAccess, hasVideo: Type.Boolean() },
  { $id: 'CurriculumLesson' },
);

export const Curriculum = Type.Object(
  {
    courseId: Uuid,
    courseSlug: Slug,
    courseTitle: Type.String(),
    modules: Type.Array(Type.Object({ id: Uuid, title: Type.String(), lessons: Type.Array(CurriculumLesson) })),
  },
  { $id: 'Curriculum' },
);
export type Curriculum = Static<typeof Curriculum>;

export const LessonHeading = Type.Object(
  { level: Type.Integer({ minimum: 1, maximum: 6 }), text: Type.String(), anchor: Type.String() },
  { $id: 'LessonHeading' },
);
export type LessonHeading = Static<typeof LessonHeading>;

const LessonLink = Type.Union([Type.Object({ id: Uuid, title: Type.String() }), Type.Null()]);

/**
 * A lesson. Locked: the reader may see that it exists, its place and its headings, and nothing of its text
 * (`html` is null). Both forms are stored, so that the locked one is sent without ever touching the text.
 */
export const Lesson = Type.Object(
  {
    id: Uuid,
    courseId: Uuid,
    courseSlug: Slug,
    courseTitle: Type.String(),
    moduleTitle: Type.String(),
    title: Type.String(),
    durationMinutes: Type.Integer(),
    access: LessonAccess,
    locked: Type.Boolean(),
    headings: Type.Array(LessonHeading),
    html: Type.Union([Type.String(), Type.Null()]),
    previous: LessonLink,
    next: LessonLink,
    number: Type.Integer({ description: 'Place in the course, from 1' }),
    lessonCount: Type.Integer(),
    updatedAt: Timestamp,
  },
  { $id: 'Lesson' },
);
export type Lesson = Static<typeof Lesson>;

export const CategoryList = Type.Object(
  {
    items: Type.Array(
      Type.Composite([CategorySummary, Type.Object({ courseCount: Type.Integer() })], { $id: 'Category' }),
    ),
    nextCursor: Type.Null(),
  },
  { $id: 'CategoryList' },
);
export type CategoryList = Static<typeof CategoryList>;

/** Who may open a lesson, kept beside its documents and never sent: `free|preview|paid` and the owner. */
export interface LessonGuard {
  access: LessonAccess;
  courseId: string;
  ownerId: string;
}
