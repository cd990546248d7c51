import type { Lesson, LessonGuard } from '@eduplatform/contracts/documents';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import type { RevisionLesson } from '@eduplatform/contracts/revision';
import { accessOf, lessonsOf } from './course-card.ts';
import type { Unversioned } from '../draft-change.ts';
import type { LiveCourse } from './loaded.ts';

const link = (lesson: RevisionLesson | undefined): Lesson['next'] =>
  lesson ? { id: lesson.id, title: lesson.title } : null;

/** Both forms of every lesson: as it is, and as those see it who may not open it. */
export function lessonDocuments(course: LiveCourse): Unversioned[] {
  const lessons = lessonsOf(course);
  const moduleTitles = course.content.modules.flatMap(({ title, lessons: own }) => own.map(() => title));
  return lessons.flatMap((lesson, index) => {
    const open: Lesson = {
      id: lesson.id,
      courseId: course.id,
      courseSlug: course.slug,
      courseTitle: course.content.title,
      moduleTitle: moduleTitles[index] ?? '',
      title: lesson.title,
      durationMinutes: lesson.durationMinutes,
      access: accessOf(course, lesson),
      locked: false,
      headings: lesson.headings,
      html: lesson.html,
      previous: link(lessons[index - 1]),
      next: link(lessons[index + 1]),
      number: index + 1,
      lessonCount: lessons.length,
      updatedAt: lesson.updatedAt,
    };
    const locked: Lesson = { ...open, locked: true, html: null };
    const guard: LessonGuard = { access: open.access, courseId: course.id, ownerId: course.owner.id };
    return [
      { key: documentKeys.lesson(lesson.id), body: JSON.stringify(open), guard: JSON.stringify(guard) },
      { key: documentKeys.lessonLocked(lesson.id), body: JSON.stringify(locked), guard: JSON.stringify(guard) },
    ];
  });
}
