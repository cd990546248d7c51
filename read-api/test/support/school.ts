import { randomUUID } from 'node:crypto';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import { testCourse, testLesson } from './courses.ts';
import { at, document, favorite, learning, note, notification, ownReview, payment } from './learning.ts';
import { question, review } from './learning.ts';

/** A student, whom nobody knows, a teacher, and what is kept of them. */

export const [student, stranger, teacher] = [randomUUID(), randomUUID(), randomUUID()];
export const [first, second, third] = [testLesson(), testLesson(), testLesson()];
export const course = testCourse({ ownerId: teacher, lessons: [first, second, third], studentCount: 7 });
export const archived = testCourse({ ownerId: teacher, isArchived: true, studentCount: 2 });
export const empty = testCourse({ ownerId: teacher });
/** Enrolled in, but not published any more. */
export const gone = { id: randomUUID(), title: 'What was once taught' };
export const completion = { completedAt: at(9), certificateCode: '7Q2M0XK193T18WZE' };
const paid = payment(student, { courseId: course.id });
export const paymentId = JSON.parse(paid.body).id as string;
const me = {
  ...{ id: student, email: 'student@example.test', isEmailVerified: true, name: 'A student', bio: '', role: 'student' },
  ...{ isVerified: false, language: 'en', emailPreference: 'all', teacherApplication: null },
};
const profile = {
  ...{ id: teacher, name: 'Ada Example', bio: 'Teaches', isVerified: true, courseCount: 2, studentCount: 7 },
  rating: { average: 4.5, count: 2 },
};
export const certificate = {
  ...{ code: '7Q2M0XK193T18WZE', studentName: 'A student', courseId: course.id, courseTitle: course.title },
  ...{ teacherName: 'Ada Example', completedAt: at(9) },
};
export const summary = { average: 3.5, count: 4, histogram: [1, 0, 1, 0, 2] };
const stars = [5, 1, 3, 5].map((rating, minute) => review(course.id, { rating, createdAt: at(minute) }));

export const documents = [
  document(documentKeys.me(student), me),
  document(documentKeys.teacher(teacher), profile),
  document(documentKeys.certificate('7Q2M0XK193T18WZE'), certificate),
  document(documentKeys.rating(course.id), summary),
  learning(student, course, {
    ...{ done: [first.id, third.id, randomUUID()], positions: { [second.id]: 42, [randomUUID()]: 7 } },
    ...{ enrolledAt: at(1), lastActivityAt: at(30), paymentId },
  }),
  learning(student, empty, { enrolledAt: at(3), lastActivityAt: at(20) }),
  learning(student, gone, { enrolledAt: at(2), lastActivityAt: at(10), completion }),
  ...[paid, ownReview(student, course.id), ...stars],
  ...[notification(student), notification(student, { isRead: true, createdAt: at(1) })],
  ...[favorite(student, course.id), favorite(student, gone.id, at(1))],
  note(student, first.id, 'Remember this'),
  ...[question(first.id), question(first.id, { createdAt: at(1), title: 'And how?' })],
];
