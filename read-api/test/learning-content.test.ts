import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QuestionPage } from '@eduplatform/contracts/questions';
import { testRedis } from '@eduplatform/local/testing/context';
import { as, startApi, type TestApi } from './support/api.ts';
import { violations } from './support/conforms.ts';
import { cardOf } from './support/courses.ts';
import { RedisWriter } from './support/redis-writer.ts';
import {
  archived,
  certificate,
  completion,
  course,
  documents,
  empty,
  first,
  gone,
  paymentId,
  second,
  stranger,
  student,
  summary,
  teacher,
  third,
} from './support/school.ts';

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
  it.each(['7q2m0xk193t18wze', '7q2m-oxki-93tl-8wze', '7Q2M%200XKL%2093TI%208WZE'])(
    'find a certificate however its code is typed: %s',
    async (code) => {
      expect(await json(`/v1/certificates/${code}`, {})).toEqual(certificate);
    },
  );

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
    expect(violations(QuestionPage, page)).toEqual([]);
    expect(page.items.map(({ title }: { title: string }) => title)).toEqual(['And how?', 'Why?']);
  });
});
