import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TSchema } from '@sinclair/typebox';
import {
  Certificate,
  CourseProgress,
  CourseStanding,
  EnrollmentCount,
  EnrollmentPage,
  FavoritePage,
  LearningCoursePage,
  Note,
} from '@eduplatform/contracts/learning';
import { NotificationPage } from '@eduplatform/contracts/notifications';
import { Payment, PaymentPage } from '@eduplatform/contracts/payments';
import { Me, MyTaughtCoursePage, TeacherPage } from '@eduplatform/contracts/people';
import { OwnReview, ReviewPage } from '@eduplatform/contracts/reviews';
import { testRedis } from '@eduplatform/local/testing/context';
import { as, startApi, type TestApi } from './support/api.ts';
import { violations } from './support/conforms.ts';
import { RedisWriter } from './support/redis-writer.ts';
import { archived, course, documents, empty, first, paymentId, stranger, student, teacher } from './support/school.ts';

const { url, prefix } = testRedis();
const writer = new RedisWriter(url, prefix);
let api: TestApi;

beforeAll(async () => {
  await writer.publish(course, archived, empty);
  await writer.batch(documents);
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
  ['/v1/me', Me],
  ['/v1/me/courses', LearningCoursePage],
  ['/v1/enrollments/me', EnrollmentPage],
  ['/v1/payments/me', PaymentPage],
  [`/v1/payments/${paymentId}`, Payment],
  [`/v1/progress/courses/${course.id}`, CourseProgress],
  [`/v1/courses/${course.id}/standing`, CourseStanding],
  [`/v1/courses/${course.id}/reviews/me`, OwnReview],
  ['/v1/notifications/me', NotificationPage],
  ['/v1/courses/my', MyTaughtCoursePage],
  ['/v1/favorites/me', FavoritePage],
  [`/v1/lessons/${first.id}/notes/me`, Note],
];
const PUBLIC: [string, TSchema][] = [
  [`/v1/enrollments/count?courseId=${course.id}`, EnrollmentCount],
  [`/v1/reviews/course/${course.id}`, ReviewPage],
  ['/v1/certificates/7Q2M0XK193T18WZE', Certificate],
  [`/v1/teachers/${teacher}`, TeacherPage],
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
