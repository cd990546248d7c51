import type { Course, CourseCard, Curriculum, Lesson } from '@eduplatform/contracts/documents';
import type { CourseHit, SearchPage } from '@eduplatform/contracts/search';
import { slugOf, type Acknowledged } from '../writers/course-history.ts';
import type { Seen } from './judge.ts';

/** One way to read a course, and what its answer shows of it. */
export interface Target {
  path: string;
  /** The lesson that is asked for, if one is. */
  lessonId?: string;
  seen: (body: unknown) => Seen;
}

/** By its slug, its key, in a list, by a search, and one of its lessons. */
export const targetsOf = ({ courseId, teacherId, word, lessonId }: Acknowledged): Target[] => [
  { path: `/v1/courses/${slugOf(courseId)}`, seen: (body) => ({ title: (body as Course).title }) },
  { path: `/v1/courses/${courseId}/curriculum`, seen: (body) => seenIn(body as Curriculum) },
  { path: `/v1/teachers/${teacherId}`, seen: (body) => titleIn((body as { courses: CourseCard[] }).courses, courseId) },
  { path: `/v1/search?q=${word}`, seen: (body) => titleIn(cardsOf(body as SearchPage), courseId) },
  ...(lessonId === null ? [] : [lessonTarget(lessonId)]),
];

const lessonTarget = (lessonId: string): Target => ({
  path: `/v1/lessons/${lessonId}`,
  lessonId,
  seen: (body) => ({ title: (body as Lesson).courseTitle, lessonTitle: (body as Lesson).title }),
});

function seenIn({ courseTitle, modules }: Curriculum): Seen {
  const [first] = modules.flatMap(({ lessons }) => lessons);
  return { title: courseTitle, ...(first && { lessonId: first.id, lessonTitle: first.title }) };
}

const cardsOf = ({ items }: SearchPage): CourseCard[] =>
  items.filter((item): item is CourseHit => item.type === 'course').map(({ course }) => course);

function titleIn(cards: readonly CourseCard[], courseId: string): Seen {
  const found = cards.find(({ id }) => id === courseId);
  return found ? { title: found.title } : null;
}
