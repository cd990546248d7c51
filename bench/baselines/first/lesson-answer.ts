import type { Lesson, LessonHeading } from '@eduplatform/contracts/documents';
import type { Reader } from '../http/reads.ts';
import { accessOf, mayOpen, type AccessRow } from '../answers/access.ts';

export interface LessonRow extends AccessRow {
  id: string;
  course_id: string;
  course_slug: string;
  course_title: string;
  module_title: string;
  title: string;
  duration_minutes: number;
  headings: LessonHeading[];
  /** May be left out where the reader may not open the lesson. */
  html: string | null;
  place: number;
  lesson_count: number;
  previous_id: string | null;
  previous_title: string;
  next_id: string | null;
  next_title: string;
  updated_at: Date;
}

export function lessonOf(row: LessonRow, reader: Reader): Lesson {
  const isOpen = mayOpen(row, reader);
  return {
    id: row.id,
    courseId: row.course_id,
    courseSlug: row.course_slug,
    courseTitle: row.course_title,
    moduleTitle: row.module_title,
    title: row.title,
    durationMinutes: row.duration_minutes,
    access: accessOf(row),
    locked: !isOpen,
    headings: row.headings,
    html: isOpen ? row.html : null,
    previous: row.previous_id === null ? null : { id: row.previous_id, title: row.previous_title },
    next: row.next_id === null ? null : { id: row.next_id, title: row.next_title },
    number: row.place,
    lessonCount: row.lesson_count,
    updatedAt: row.updated_at.toISOString(),
  };
}
