import { Type, type Static } from '@sinclair/typebox';
import { Rating } from '../documents.ts';
import { Language, Level, Money, Slug, text, Timestamp, Uuid } from '../primitives.ts';

/** Bodies and answers of the teacher's commands. Markdown is CommonMark; a paragraph that is only a URL of an allowed video host is an embed. */
const markdown = (maxLength: number) =>
  Type.String({ maxLength, pattern: '^[^\\u0000]*$', description: 'Markdown (CommonMark)' });

export const Price = Type.Union([Money, Type.Null()], { description: 'null: free' });

const courseFields = {
  title: text(120),
  subtitle: Type.String({ maxLength: 200 }),
  descriptionMd: markdown(20_000),
  language: Language,
  level: Level,
  category: Slug,
  price: Price,
  outcomes: Type.Array(text(200), { maxItems: 12 }),
};

export const CreateCourseBody = Type.Object(
  {
    ...Type.Partial(Type.Object(courseFields)).properties,
    title: courseFields.title,
    category: Slug,
    slug: Type.Optional(Slug),
  },
  { additionalProperties: false, $id: 'CreateCourseBody' },
);
export type CreateCourseBody = Static<typeof CreateCourseBody>;

/** PATCH: the given fields alone. */
export const PatchCourseBody = Type.Partial(Type.Object({ ...courseFields, slug: Slug }), {
  additionalProperties: false,
  minProperties: 1,
  $id: 'PatchCourseBody',
});
export type PatchCourseBody = Static<typeof PatchCourseBody>;

/** PUT: the whole course without its modules. */
export const PutCourseBody = Type.Object(
  { ...courseFields, slug: Slug },
  { additionalProperties: false, $id: 'PutCourseBody' },
);
export type PutCourseBody = Static<typeof PutCourseBody>;

export const CreateModuleBody = Type.Object(
  { title: text(120) },
  { additionalProperties: false, $id: 'CreateModuleBody' },
);
export const PatchModuleBody = Type.Object(
  { title: text(120) },
  { additionalProperties: false, $id: 'PatchModuleBody' },
);

const lessonFields = {
  title: text(160),
  bodyMd: markdown(200_000),
  isFreePreview: Type.Boolean(),
  durationMinutes: Type.Integer({ minimum: 0, maximum: 1440 }),
};
export const CreateLessonBody = Type.Object(
  { ...Type.Partial(Type.Object(lessonFields)).properties, title: lessonFields.title },
  { additionalProperties: false, $id: 'CreateLessonBody' },
);
export const PatchLessonBody = Type.Partial(Type.Object(lessonFields), {
  additionalProperties: false,
  minProperties: 1,
  $id: 'PatchLessonBody',
});

/** The whole order in one command: every module and lesson exactly once. */
export const OutlineBody = Type.Object(
  {
    modules: Type.Array(
      Type.Object({ id: Uuid, lessonIds: Type.Array(Uuid, { maxItems: 500 }) }, { additionalProperties: false }),
      { maxItems: 100 },
    ),
  },
  { additionalProperties: false, $id: 'OutlineBody' },
);
export type OutlineBody = Static<typeof OutlineBody>;

export const PreviewBody = Type.Object(
  { markdown: markdown(200_000) },
  { additionalProperties: false, $id: 'PreviewBody' },
);
export const Preview = Type.Object({ html: Type.String() }, { $id: 'Preview' });
export type Preview = Static<typeof Preview>;

/** What every command on a course answers: its new draft version, also sent as ETag. */
export const CourseCommandResult = Type.Object(
  { courseId: Uuid, version: Type.Integer(), id: Type.Optional(Uuid) },
  { $id: 'CourseCommandResult' },
);
export type CourseCommandResult = Static<typeof CourseCommandResult>;

export const PublishResult = Type.Object(
  { courseId: Uuid, version: Type.Integer(), revision: Type.Integer(), slug: Slug },
  { $id: 'PublishResult' },
);

export const DraftState = Type.Union(
  [Type.Literal('draft'), Type.Literal('live'), Type.Literal('changed'), Type.Literal('unpublished')],
  {
    $id: 'DraftState',
    description: 'draft: never published; live: as published; changed: live with newer edits; unpublished: was live',
  },
);

export const StudioCourseSummary = Type.Object(
  {
    id: Uuid,
    slug: Slug,
    title: Type.String(),
    state: DraftState,
    version: Type.Integer(),
    liveRevision: Type.Union([Type.Integer(), Type.Null()]),
    lessonCount: Type.Integer(),
    updatedAt: Timestamp,
    category: Slug,
    isArchived: Type.Boolean(),
    studentCount: Type.Integer(),
    rating: Type.Union([Rating, Type.Null()]),
    revenue: Type.Array(Type.Object({ amount: Type.Integer({ minimum: 0 }), currency: Type.String() }), {
      description: 'Payments that were not given back, in minor units, by currency',
    }),
  },
  { $id: 'StudioCourseSummary' },
);

export const StudioCourseList = Type.Object(
  { items: Type.Array(StudioCourseSummary), nextCursor: Type.Union([Type.String(), Type.Null()]) },
  { $id: 'StudioCourseList' },
);

export const StudioLesson = Type.Object(
  {
    id: Uuid,
    title: Type.String(),
    bodyMd: Type.String(),
    isFreePreview: Type.Boolean(),
    durationMinutes: Type.Integer(),
  },
  { $id: 'StudioLesson' },
);

/** The whole draft of a course, with what still keeps it from being published. */
export const StudioCourse = Type.Object(
  {
    id: Uuid,
    slug: Slug,
    title: Type.String(),
    subtitle: Type.String(),
    descriptionMd: Type.String(),
    language: Language,
    level: Level,
    category: Slug,
    price: Price,
    outcomes: Type.Array(Type.String()),
    state: DraftState,
    version: Type.Integer(),
    liveRevision: Type.Union([Type.Integer(), Type.Null()]),
    updatedAt: Timestamp,
    isArchived: Type.Boolean({ description: 'Out of the catalog and closed for new students' }),
    modules: Type.Array(Type.Object({ id: Uuid, title: Type.String(), lessons: Type.Array(StudioLesson) })),
    checklist: Type.Array(Type.Object({ code: Type.String(), ok: Type.Boolean(), message: Type.String() }), {
      description: 'What publishing asks for',
    }),
  },
  { $id: 'StudioCourse' },
);
export type StudioCourse = Static<typeof StudioCourse>;
export type StudioLesson = Static<typeof StudioLesson>;
export type StudioCourseList = Static<typeof StudioCourseList>;
export type PublishResult = Static<typeof PublishResult>;

/** A student of a course, as its teacher sees them; `id` is that of the enrollment. */
export const CourseStudent = Type.Object(
  {
    id: Uuid,
    name: Type.Union([Type.String(), Type.Null()], { description: 'null: the account was deleted' }),
    enrolledAt: Timestamp,
    percent: Type.Integer({ minimum: 0, maximum: 100, description: 'Of the live lessons' }),
    completedAt: Type.Union([Timestamp, Type.Null()]),
  },
  { $id: 'CourseStudent' },
);
export const CourseStudentList = Type.Object(
  { items: Type.Array(CourseStudent), nextCursor: Type.Union([Type.String(), Type.Null()]) },
  { $id: 'CourseStudentList' },
);
export type CourseStudentList = Static<typeof CourseStudentList>;
