import type { Course, CourseCard, Curriculum, Lesson } from '@eduplatform/contracts/documents';
import type { CourseHit, SearchPage } from '@eduplatform/contracts/search';
import type { Acknowledged } from '../writers/course-history.ts';
import type { Asked, Seen } from './judge.ts';

/** One way to read a course, and what its answer shows of it. */
export interface Target {
  path: string;
  asked: Asked;
  seen: (body: unknown) => Seen;
}

/** By its slug, its id, in a list, by a search, and one of its lessons. */
export const targetsOf = ({ courseId, slug, teacherId, word, lessonId }: Acknowledged): Target[] => [
  { path: `/v1/courses/${slug}`, asked: { courseId }, seen: (body) => ofCourse(body as Course) },
  { path: `/v1/courses/${courseId}/curriculum`, asked: { courseId }, seen: (body) => ofCurriculum(body as Curriculum) },
  {
    path: `/v1/teachers/${teacherId}`,
    asked: { courseId },
    seen: (body) => among((body as { courses: CourseCard[] }).courses, slug),
  },
  { path: `/v1/search?q=${word}`, asked: { courseId }, seen: (body) => among(cardsOf(body as SearchPage), slug) },
  ...(lessonId === null ? [] : [lessonTarget(lessonId)]),
];

const lessonTarget = (lessonId: string): Target => ({
  path: `/v1/lessons/${lessonId}`,
  asked: { lessonId },
  seen: (body) => ofLesson(body as Lesson),
});

const ofCourse = ({ id: courseId, title }: Pick<Course, 'id' | 'title'>): Seen => ({ courseId, title });

const ofLesson = ({ courseId, courseTitle: title, title: lessonTitle }: Lesson): Seen => ({
  ...{ courseId, title, lessonTitle },
});

function ofCurriculum({ courseId, courseTitle: title, modules }: Curriculum): Seen {
  const [first] = modules.flatMap(({ lessons }) => lessons);
  return { courseId, title, ...(first && { lessonId: first.id, lessonTitle: first.title }) };
}

const cardsOf = ({ items }: SearchPage): CourseCard[] =>
  items.filter((item): item is CourseHit => item.type === 'course').map(({ course }) => course);

/** Lists may show two under one slug for a moment; the one that was there before must then not come first. */
function among(cards: readonly CourseCard[], slug: string): Seen {
  const found = cards.find((card) => card.slug === slug);
  return found ? ofCourse(found) : null;
}
