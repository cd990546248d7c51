import type { StudioCourse, StudioLesson } from '@eduplatform/contracts/http/studio';

export const COURSE_FIELDS = [
  'title',
  'subtitle',
  'slug',
  'descriptionMd',
  'language',
  'level',
  'category',
  'price',
  'outcomes',
] as const;
export const LESSON_FIELDS = ['title', 'bodyMd', 'isFreePreview', 'durationMinutes'] as const;
export type CourseField = (typeof COURSE_FIELDS)[number];
export type LessonField = (typeof LESSON_FIELDS)[number];

/** `course`, or the id of a lesson. */
export type Target = string;
export const COURSE: Target = 'course';

/** A field that the teacher changed and the server does not have yet. */
export interface Edit {
  target: Target;
  field: CourseField | LessonField;
  /** The value that the change started from. */
  base: unknown;
  mine: unknown;
}

/** Names the field that an edit is of. */
export const keyOf = ({ target, field }: Pick<Edit, 'target' | 'field'>): string => `${target} ${field}`;

export interface Merged {
  /** The server's course with the edits on top. */
  working: StudioCourse;
  /** Edits of fields that also changed on the server, each with what the server says. */
  contested: (Edit & { theirs: unknown })[];
  /** Edits of lessons that are no longer there. */
  orphaned: Edit[];
}

/** In what the working copy differs from what the server last said. */
export function editsOf(base: StudioCourse, working: StudioCourse): Edit[] {
  const lessons = new Map(lessonsOf(working).map((lesson) => [lesson.id, lesson]));
  return [
    ...differing(COURSE, COURSE_FIELDS, base, working),
    ...lessonsOf(base).flatMap((before) => {
      const now = lessons.get(before.id);
      return now ? differing(before.id, LESSON_FIELDS, before, now) : [];
    }),
  ];
}

/** Puts edits on top of what the server says now; nothing that was typed is lost. */
export function mergeEdits(theirs: StudioCourse, edits: readonly Edit[]): Merged {
  const working = structuredClone(theirs);
  const contested: Merged['contested'] = [];
  const orphaned: Edit[] = [];
  for (const edit of edits) {
    const part = partOf(working, edit.target);
    if (!part) {
      orphaned.push(edit);
      continue;
    }
    const value = part[edit.field];
    if (isSame(value, edit.mine)) continue;
    if (!isSame(value, edit.base)) contested.push({ ...edit, theirs: value });
    part[edit.field] = edit.mine;
  }
  return { working, contested, orphaned };
}

/** The course itself or one of its lessons, by the names of fields; undefined when it is gone. */
export function partOf(course: StudioCourse, target: Target): Record<string, unknown> | undefined {
  return target === COURSE ? course : lessonsOf(course).find(({ id }) => id === target);
}

export const lessonsOf = (course: StudioCourse): StudioLesson[] => course.modules.flatMap(({ lessons }) => lessons);

function differing<K extends Edit['field']>(
  target: Target,
  fields: readonly K[],
  base: Record<K, unknown>,
  working: Record<K, unknown>,
): Edit[] {
  return fields
    .filter((field) => !isSame(base[field], working[field]))
    .map((field) => ({ target, field, base: base[field], mine: working[field] }));
}

/** Fields hold text, numbers, booleans, a price or a list of texts, always built in the same order. */
const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
