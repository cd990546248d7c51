import type { DraftCourse, Person } from '../harness.ts';
import type { Outcomes } from '@eduplatform/local/testing/authorization/actors';
import { admins, members } from './actors.ts';
import type { Expectations, ObjectExpectation } from './expectation.ts';
import type { Attempt, World } from './world.ts';

const insert = async ({ harness }: World, sql: string, ...values: unknown[]): Promise<string> => {
  const { rows } = await harness.pool.query<{ id: string }>(`${sql} returning id`, values);
  return rows[0]?.id ?? '';
};

/** A live course of the holder's; only the enrolled student is enrolled in it. */
const courses = (attempt: (course: DraftCourse) => Attempt, own: Outcomes, foreign: Outcomes): ObjectExpectation => ({
  attempt: async (world, holder) => attempt(await world.liveCourse(holder)),
  own,
  foreign,
});

/** The same with a price, so that its lesson is open to few. */
async function paidCourse(world: World, holder: Person): Promise<DraftCourse> {
  const course = await world.liveCourse(holder);
  await world.harness.pool.query(
    `update course_revisions set content = jsonb_set(content, '{price}', '{"amount": 900, "currency": "EUR"}')
     where course_id = $1`,
    [course.id],
  );
  return course;
}

const enrolledOnly = members(403, { enrolledStudent: 'ok' });
/** What those may do who may open the lesson. */
const readers = (refusal: number): Outcomes => members(refusal, { enrolledStudent: 'ok', admin: 'ok' });

async function reviewOf(world: World, author: Person, teacher: Person): Promise<{ id: string; courseId: string }> {
  const { id: courseId } = await world.liveCourse(teacher);
  const sql = 'insert into reviews (course_id, user_id, rating) values ($1, $2, 5)';
  return { id: await insert(world, sql, courseId, author.id), courseId };
}

/** A question of the asker's in a paid course of the teacher's, with an answer of the answerer's. */
async function questionOf(world: World, people: { teacher: Person; asker: Person; answerer: Person }) {
  const course = await paidCourse(world, people.teacher);
  const ask = `insert into questions (lesson_id, course_id, user_id, title) values ($1, $2, $3, 'Why?')`;
  const questionId = await insert(world, ask, course.lessonId, course.id, people.asker.id);
  const answer = `insert into answers (question_id, user_id, body) values ($1, $2, 'So.')`;
  return { questionId, answerId: await insert(world, answer, questionId, people.answerer.id) };
}

const words = { rating: 4, text: 'Good' };
const progress = (path: string, body?: object): ObjectExpectation =>
  courses(
    ({ lessonId }) => ({ url: `/v1/progress/lessons/${lessonId}/${path}`, ...(body && { body }) }),
    enrolledOnly,
    enrolledOnly,
  );
const lessonWords = (path: string, body: object): ObjectExpectation => ({
  attempt: async (world, holder) => {
    const { lessonId } = await paidCourse(world, holder);
    return { url: `/v1/lessons/${lessonId}/${path}`, body };
  },
  own: members('ok'),
  foreign: readers(403),
});
const moderated = (path: string, body?: object) => ({
  attempt: async (world: World) => {
    const { id } = await reviewOf(world, await world.harness.person('student'), world.stranger);
    return { url: `/v1/admin/reviews/${id}/${path}`, ...(body && { body }) };
  },
  any: admins('ok'),
});
const favorites = {
  attempt: async (world: World) => ({ url: `/v1/favorites/${(await world.liveCourse(world.stranger)).id}` }),
  any: members('ok'),
};

const acceptance: ObjectExpectation = {
  attempt: async (world, holder) => {
    const { stranger } = world;
    const { answerId } = await questionOf(world, { teacher: holder, asker: stranger, answerer: stranger });
    return { url: `/v1/answers/${answerId}/accept` };
  },
  own: members('ok'),
  foreign: members(404, { enrolledStudent: 403, admin: 403 }),
};

export const learningExpectations: Expectations = {
  'POST /v1/enrollments': courses(
    ({ id }) => ({ url: '/v1/enrollments', body: { courseId: id } }),
    members(409),
    members('ok', { enrolledStudent: 409 }),
  ),
  'POST /v1/progress/lessons/:lessonId/complete': progress('complete'),
  'DELETE /v1/progress/lessons/:lessonId/complete': progress('complete'),
  'PUT /v1/progress/lessons/:lessonId/position': progress('position', { seconds: 10 }),

  'POST /v1/reviews': courses(
    ({ id }) => ({ url: '/v1/reviews', body: { courseId: id, ...words } }),
    members(409),
    enrolledOnly,
  ),
  'PUT /v1/courses/:courseId/reviews/me': courses(
    ({ id }) => ({ url: `/v1/courses/${id}/reviews/me`, body: words }),
    members(409),
    enrolledOnly,
  ),
  'DELETE /v1/courses/:courseId/reviews/me': {
    attempt: async (world, holder) => {
      const { courseId } = await reviewOf(world, holder, world.stranger);
      return { url: `/v1/courses/${courseId}/reviews/me` };
    },
    own: members('ok'),
    foreign: members(404),
  },
  'POST /v1/reviews/:reviewId/reply': {
    attempt: async (world, holder) => {
      const { id } = await reviewOf(world, await world.harness.person('student'), holder);
      return { url: `/v1/reviews/${id}/reply`, body: { text: 'Thanks' } };
    },
    own: members('ok'),
    foreign: members(403),
  },
  'POST /v1/reviews/:reviewId/report': {
    attempt: async (world, holder) => {
      const { id } = await reviewOf(world, holder, world.stranger);
      return { url: `/v1/reviews/${id}/report`, body: { reason: 'Rude' } };
    },
    own: members(403),
    foreign: members('ok'),
  },
  'GET /v1/admin/reviews': { attempt: () => ({ url: '/v1/admin/reviews?reported=true' }), any: admins('ok') },
  'POST /v1/admin/reviews/:reviewId/hide': moderated('hide', { reason: 'Rude' }),
  'POST /v1/admin/reviews/:reviewId/restore': moderated('restore'),

  'PATCH /v1/notifications/:notificationId/read': {
    attempt: async (world, holder) => {
      const sql = `insert into notifications (user_id, type) values ($1, 'verified')`;
      return { url: `/v1/notifications/${await insert(world, sql, holder.id)}/read` };
    },
    own: members('ok'),
    foreign: members(404),
  },
  'POST /v1/notifications/read-all': { attempt: () => ({ url: '/v1/notifications/read-all' }), any: members('ok') },
  'PUT /v1/favorites/:courseId': favorites,
  'DELETE /v1/favorites/:courseId': favorites,
  'PUT /v1/lessons/:lessonId/notes/me': lessonWords('notes/me', { text: 'Flour' }),

  'POST /v1/lessons/:lessonId/questions': lessonWords('questions', { title: 'Why?', body: '' }),
  'DELETE /v1/questions/:questionId': {
    attempt: async (world, holder) => {
      const { stranger } = world;
      const { questionId } = await questionOf(world, { teacher: stranger, asker: holder, answerer: stranger });
      return { url: `/v1/questions/${questionId}` };
    },
    own: members('ok'),
    foreign: members(404, { enrolledStudent: 403, admin: 'ok' }),
  },
  'POST /v1/questions/:questionId/answers': {
    attempt: async (world, holder) => {
      const { stranger } = world;
      const { questionId } = await questionOf(world, { teacher: holder, asker: stranger, answerer: stranger });
      return { url: `/v1/questions/${questionId}/answers`, body: { body: 'So.' } };
    },
    own: members('ok'),
    foreign: readers(404),
  },
  'DELETE /v1/answers/:answerId': {
    attempt: async (world, holder) => {
      const { stranger } = world;
      const { answerId } = await questionOf(world, { teacher: stranger, asker: stranger, answerer: holder });
      return { url: `/v1/answers/${answerId}` };
    },
    own: members('ok'),
    foreign: members(404, { enrolledStudent: 403, admin: 'ok' }),
  },
  'POST /v1/answers/:answerId/accept': acceptance,
  'DELETE /v1/answers/:answerId/accept': acceptance,
};
