import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TSchema } from '@sinclair/typebox';
import * as answers from '@eduplatform/contracts/learning';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import { testRedis } from '@eduplatform/local/testing/context';
import { as, startApi, type TestApi } from './support/api.ts';
import { violations } from './support/conforms.ts';
import { cardOf, testCourse, testLesson } from './support/courses.ts';
import { at, document, favorite, learning, note, notification, ownReview, payment } from './support/learning.ts';
import { question, review } from './support/learning.ts';
import { RedisWriter } from './support/redis-writer.ts';

const { url, prefix } = testRedis();
const writer = new RedisWriter(url, prefix);
let api: TestApi;

const [student, stranger, teacher] = [randomUUID(), randomUUID(), randomUUID()];
const [first, second, third] = [testLesson(), testLesson(), testLesson()];
const course = testCourse({ ownerId: teacher, lessons: [first, second, third], studentCount: 7 });
const archived = testCourse({ ownerId: teacher, isArchived: true, studentCount: 2 });
const empty = testCourse({ ownerId: teacher });
/** Enrolled in, but not published any more. */
const gone = { id: randomUUID(), title: 'What was once taught' };
const completion = { completedAt: at(9), certificateCode: '7Q2M-0XK1-93T1' };
const paid = payment(student, { courseId: course.id });
const paymentId = JSON.parse(paid.body).id as string;
const me = {
  ...{ id: student, email: 'student@example.test', isEmailVerified: true, name: 'A student', bio: '', role: 'student' },
  ...{ isVerified: false, language: 'en', emailPreference: 'all', teacherApplication: null },
};
const profile = {
  ...{ id: teacher, name: 'Ada Example', bio: 'Teaches', isVerified: true, courseCount: 2, studentCount: 7 },
  rating: { average: 4.5, count: 2 },
};
const certificate = {
  ...{ code: '7Q2M-0XK1-93T1', studentName: 'A student', courseId: course.id, courseTitle: course.title },
  ...{ teacherName: 'Ada Example', completedAt: at(9) },
};
const summary = { average: 3.5, count: 4, histogram: [1, 0, 1, 0, 2] };
const stars = [5, 1, 3, 5].map((rating, minute) => review(course.id, { rating, createdAt: at(minute) }));

beforeAll(async () => {
  await writer.publish(course, archived, empty);
  await writer.batch([
    document(documentKeys.me(student), me),
    document(documentKeys.teacher(teacher), profile),
    document(documentKeys.certificate('7Q2M-0XK1-93T1'), certificate),
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
  ]);
  await writer.declare();
  api = await startApi({ redisUrl: url, prefix });
});
afterAll(async () => {
  await api.close();
  await writer.close();
});

const get = (path: string, headers: Record<string, string> = as(student)) => api.app.inject({ url: path, headers });
const json = async (path: string, headers?: Record<string, string>) => {
  const response = await get(path, headers);
  expect(response.statusCode, response.body).toBe(200);
  return response.json();
};

const PERSONAL: [string, TSchema][] = [
  ['/v1/me', answers.Me],
  ['/v1/me/courses', answers.LearningCoursePage],
  ['/v1/enrollments/me', answers.EnrollmentPage],
  ['/v1/payments/me', answers.PaymentPage],
  [`/v1/payments/${paymentId}`, answers.Payment],
  [`/v1/progress/courses/${course.id}`, answers.CourseProgress],
  [`/v1/courses/${course.id}/standing`, answers.CourseStanding],
  [`/v1/courses/${course.id}/reviews/me`, answers.OwnReview],
  ['/v1/notifications/me', answers.NotificationPage],
  ['/v1/courses/my', answers.MyTaughtCoursePage],
  ['/v1/favorites/me', answers.FavoritePage],
  [`/v1/lessons/${first.id}/notes/me`, answers.Note],
];
const PUBLIC: [string, TSchema][] = [
  [`/v1/enrollments/count?courseId=${course.id}`, answers.EnrollmentCount],
  [`/v1/reviews/course/${course.id}`, answers.ReviewPage],
  ['/v1/certificates/7Q2M-0XK1-93T1', answers.Certificate],
  [`/v1/teachers/${teacher}`, answers.TeacherPage],
];

describe.each(PERSONAL)('%s', (path, schema) => {
  it('conforms to its schema, is for its reader alone, and says how fresh it is', async () => {
    const response = await get(path);
    expect(response.statusCode, response.body).toBe(200);
    expect(violations(schema, response.json())).toEqual([]);
    expect(response.headers).toMatchObject({
      'cache-control': 'private, no-cache',
      vary: expect.stringContaining('Authorization'),
      'x-read-position': writer.position,
      'content-type': 'application/json; charset=utf-8',
    });
  });

  it('is not sent again to a reader who holds it', async () => {
    const { etag } = (await get(path)).headers as { etag: string };
    expect((await get(path, { ...as(student), 'if-none-match': etag })).statusCode).toBe(304);
  });

  it('is 401 for a stranger, before anything else is said', async () => {
    const response = await get(`${path}?limit=0`, {});
    expect(response.json()).toMatchObject({ status: 401, code: 'unauthenticated' });
  });

  it('shows nothing of it to somebody else', async () => {
    const response = await get(path, as(stranger));
    expect(response.body).not.toMatch(/student@example|Remember this|EDU-000042|Mine|enrolledAt|What was once/);
    expect(response.statusCode === 200 ? (response.json().items ?? []) : []).toEqual([]);
  });
});

describe.each(PUBLIC)('%s', (path, schema) => {
  it('conforms to its schema and is the same for everyone', async () => {
    const response = await get(path, {});
    expect(response.statusCode, response.body).toBe(200);
    expect(violations(schema, response.json())).toEqual([]);
    expect(response.headers['cache-control']).toBe('public, max-age=0, must-revalidate');
    expect((await get(path)).headers.etag).toBe(response.headers.etag);
  });
});

describe('my courses', () => {
  it('are those with the latest activity first, with progress and the next lesson', async () => {
    const { items } = await json('/v1/me/courses');
    expect(items.map(({ courseId }: { courseId: string }) => courseId)).toEqual([course.id, empty.id, gone.id]);
    expect(items[0]).toMatchObject({
      ...{ percent: 66, doneCount: 2, lessonCount: 3, paymentId, completion: null, course: cardOf(course) },
      nextLesson: { id: second.id, title: second.title },
    });
    expect(items[1]).toMatchObject({ percent: 0, lessonCount: 0, nextLesson: null });
    expect(items[2]).toMatchObject({ percent: 100, course: null, courseTitle: gone.title, completion });
  });

  it('are enrollments by the time of enrolling', async () => {
    const { items } = await json('/v1/enrollments/me');
    expect(items.map(({ courseId }: { courseId: string }) => courseId)).toEqual([empty.id, gone.id, course.id]);
  });
});

describe('progress', () => {
  it('names what is done and what remains, of the live lessons alone', async () => {
    expect(await json(`/v1/progress/courses/${course.id}`)).toMatchObject({
      done: [{ id: first.id }, { id: third.id }],
      remaining: [{ id: second.id }],
      positions: { [second.id]: 42 },
      notCompleteBecause: 'lessons_remaining',
    });
  });

  it.each([
    [empty.id, 'no_lessons', null],
    [gone.id, null, completion],
  ])('says why a course is not complete: %s', async (courseId, notCompleteBecause, completed) => {
    const answer = await json(`/v1/progress/courses/${courseId}`);
    expect(answer).toMatchObject({ notCompleteBecause, completion: completed });
  });

  it('is refused to who is not enrolled', async () => {
    const path = `/v1/progress/courses/${course.id}`;
    expect((await get(path, as(stranger))).json()).toMatchObject({ status: 403, code: 'not_enrolled' });
  });
});

describe('the standing to a course', () => {
  it.each([
    ['its student', student, { isOwner: false, isEnrolled: true, isFavorite: true, hasReviewed: true }],
    ['its teacher', teacher, { isOwner: true, isEnrolled: false, isFavorite: false, hasReviewed: false }],
    ['somebody', stranger, { isOwner: false, isEnrolled: false, isFavorite: false, hasReviewed: false }],
  ])('of %s', async (_who, user, expected) => {
    const standing = await json(`/v1/courses/${course.id}/standing`, as(user));
    expect(standing).toMatchObject(expected);
    expect(standing.progress === null).toBe(!expected.isEnrolled);
  });

  it('is known also of a course that is not published any more', async () => {
    const standing = await json(`/v1/courses/${gone.id}/standing`);
    expect(standing).toMatchObject({ isEnrolled: true, progress: { notCompleteBecause: null, lessonCount: 0 } });
  });
});

describe('reviews', () => {
  it.each([
    ['newest', [5, 3, 1, 5]],
    ['highest', [5, 5, 3, 1]],
    ['lowest', [1, 3, 5, 5]],
  ])('are sorted by %s, and paged', async (sort, expected) => {
    const path = `/v1/reviews/course/${course.id}?sort=${sort}&limit=3`;
    const page = await json(path);
    const rest = await json(`${path}&cursor=${page.nextCursor}`);
    expect([...page.items, ...rest.items].map(({ rating }: { rating: number }) => rating)).toEqual(expected);
    expect(rest.nextCursor).toBeNull();
    expect(page.summary).toEqual(summary);
  });

  it('are none of a course that nobody has reviewed', async () => {
    const page = await json(`/v1/reviews/course/${empty.id}`);
    expect(page).toEqual({
      items: [],
      nextCursor: null,
      summary: { average: null, count: 0, histogram: [0, 0, 0, 0, 0] },
    });
  });
});

describe('other pages', () => {
  it.each(['7q2m0xk193t1', '7q2m-oxki-93tl'])('find a certificate however its code is typed: %s', async (code) => {
    expect(await json(`/v1/certificates/${code}`, {})).toEqual(certificate);
  });

  it('show a teacher with the courses that can be had, and the teacher all that are published', async () => {
    const ids = (courses: { id: string }[]) => courses.map(({ id }) => id);
    expect(ids((await json(`/v1/teachers/${teacher}`)).courses)).toEqual([empty.id, course.id]);
    const { items } = await json('/v1/courses/my', as(teacher, 'teacher'));
    expect(ids(items)).toEqual([empty.id, archived.id, course.id]);
    expect(items[2]).toEqual({ ...cardOf(course), studentCount: 7 });
  });

  it('count what is unread', async () => {
    expect(await json('/v1/notifications/me')).toMatchObject({ unreadCount: 1, items: [{ isRead: true }, {}] });
  });

  it('list favorites also of courses that are gone', async () => {
    const { items } = await json('/v1/favorites/me');
    expect(items).toMatchObject([{ courseId: gone.id, course: null }, { course: cardOf(course) }]);
  });

  it('show an empty note where there is none', async () => {
    const none = { lessonId: second.id, text: '', version: 0, updatedAt: null };
    expect(await json(`/v1/lessons/${second.id}/notes/me`)).toEqual(none);
  });

  it('list questions, the latest first, of a free lesson for everyone', async () => {
    const page = await json(`/v1/lessons/${first.id}/questions`, {});
    expect(violations(answers.QuestionPage, page)).toEqual([]);
    expect(page.items.map(({ title }: { title: string }) => title)).toEqual(['And how?', 'Why?']);
  });
});

const NOBODY = '00000000-0000-4000-8000-00000000000f';

describe('what is not there, or not one’s own, is 404 with its own code', () => {
  it.each([
    ['/v1/me', 'user_not_found', stranger],
    [`/v1/payments/${paymentId}`, 'payment_not_found', stranger],
    [`/v1/payments/${NOBODY}`, 'payment_not_found', student],
    [`/v1/progress/courses/${NOBODY}`, 'course_not_found', student],
    [`/v1/courses/${NOBODY}/standing`, 'course_not_found', student],
    [`/v1/courses/${course.id}/reviews/me`, 'review_not_found', stranger],
    [`/v1/reviews/course/${NOBODY}`, 'course_not_found', student],
    [`/v1/enrollments/count?courseId=${NOBODY}`, 'course_not_found', student],
    ['/v1/certificates/0000-0000-0000', 'certificate_not_found', student],
    ['/v1/certificates/---', 'certificate_not_found', student],
    [`/v1/teachers/${student}`, 'teacher_not_found', student],
    [`/v1/lessons/${NOBODY}/notes/me`, 'lesson_not_found', student],
    [`/v1/lessons/${NOBODY}/questions`, 'lesson_not_found', student],
  ])('%s: %s', async (path, code, user) => {
    expect((await get(path, as(user))).json()).toMatchObject({ status: 404, code });
  });
});

describe('bad input is 400', () => {
  it.each([
    '/v1/payments/none',
    '/v1/progress/courses/none',
    '/v1/enrollments/count',
    '/v1/enrollments/count?courseId=x',
    '/v1/me/courses?limit=101',
    '/v1/me/courses?page=2',
    '/v1/me/courses?cursor=AAAA',
    `/v1/reviews/course/${course.id}?sort=best`,
    `/v1/certificates/${'A'.repeat(61)}`,
  ])('%s', async (path) => {
    expect((await get(path)).statusCode).toBe(400);
  });

  it('also a cursor of another list, or of another person’s', async () => {
    const { nextCursor } = await json('/v1/enrollments/me?limit=1');
    expect((await get(`/v1/enrollments/me?limit=1&cursor=${nextCursor}`)).statusCode).toBe(200);
    for (const [path, user] of [
      ['/v1/me/courses', student],
      ['/v1/enrollments/me', stranger],
    ] as const) {
      const response = await get(`${path}?cursor=${nextCursor}`, as(user));
      expect(response.json()).toMatchObject({ status: 400, code: 'invalid_cursor' });
    }
  });
});
