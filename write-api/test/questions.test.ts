import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startHarness, type Harness, type Person } from './harness.ts';
import {
  enrollIn,
  notificationsOf,
  publish,
  publishCourse,
  removeLesson,
  type PublishedCourse,
} from './support/learning.ts';

let harness: Harness;
let teacher: Person;
let course: PublishedCourse;
let locked: string;
let preview: string;
let student: Person;
let helper: Person;
beforeAll(async () => {
  harness = await startHarness();
});
beforeEach(async () => {
  teacher = await harness.person('teacher', 'Ingrid Halvorsen');
  course = await publishCourse(harness, teacher, {
    price: { amount: 900, currency: 'EUR' },
    lessons: 2,
    previews: [1],
  });
  [locked = '', preview = ''] = course.lessonIds;
  student = await harness.person('student', 'Sam Rivera');
  helper = await harness.person('student', 'Helen');
  for (const person of [student, helper]) await enrollIn(harness, person, course.id);
});
afterAll(() => harness.stop());

const ask = (as: Person, lessonId = locked, title = ' Why? ') =>
  harness.send('POST', `/v1/lessons/${lessonId}/questions`, { as, body: { title, body: 'I wonder.' } });
const answer = (as: Person, questionId: string, body = 'Gluten.') =>
  harness.send('POST', `/v1/questions/${questionId}/answers`, { as, body: { body } });
const accept = (as: Person, answerId: string) => harness.send('POST', `/v1/answers/${answerId}/accept`, { as });
const takeBack = (as: Person, answerId: string) => harness.send('DELETE', `/v1/answers/${answerId}/accept`, { as });
const remove = (as: Person, path: string) => harness.send('DELETE', `/v1/${path}`, { as });

async function asked(): Promise<string> {
  return (await ask(student)).body.questionId;
}
async function stored(questionId: string) {
  const { rows } = await harness.pool.query('select * from questions where id = $1', [questionId]);
  return rows[0];
}
const answersOf = (person: Person, questionId: string, count: number) =>
  harness.pool.query(
    `insert into answers (question_id, user_id, body) select $1, $2, 'A' from generate_series(1, $3)`,
    [questionId, person.id, count],
  );
const typesOf = async (person: Person) => (await notificationsOf(harness, person)).map(({ type }) => type);

describe('asking', () => {
  it('stores the question and tells the teacher', async () => {
    const { status, body } = await ask(student);
    expect([status, body.version]).toEqual([201, 1]);
    expect(await stored(body.questionId)).toMatchObject({ title: 'Why?', body: 'I wonder.', course_id: course.id });
    expect((await harness.outbox(body.questionId)).map(({ type, payload }) => [type, payload])).toEqual([
      ['question.changed', { questionId: body.questionId, lessonId: locked }],
    ]);
    expect(await notificationsOf(harness, teacher)).toMatchObject([
      {
        type: 'question_asked',
        params: { title: 'Why?', name: 'Sam Rivera', link: `/courses/${course.slug}/lessons/${locked}` },
      },
    ]);
  });

  it('is for those who may open the lesson', async () => {
    const stranger = await harness.person('teacher');
    expect((await ask(stranger)).body).toMatchObject({ status: 403, code: 'not_enrolled' });
    expect((await ask(stranger, preview)).status).toBe(201);
    expect((await ask(await harness.person('admin'))).status).toBe(201);
    expect((await ask(stranger, course.id)).body).toMatchObject({ status: 404, code: 'lesson_not_found' });
    expect((await ask(teacher)).status).toBe(201);
    expect(await typesOf(teacher)).toEqual(['question_asked', 'question_asked']);
  });

  it('ends with 100 open questions in a course', async () => {
    await harness.pool.query(
      `insert into questions (lesson_id, course_id, user_id, title) select $1, $2, $3, 'Q' from generate_series(1, 98)`,
      [locked, course.id, student.id],
    );
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask(student)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, 409, 409, 409]);
    expect((await ask(helper)).status).toBe(201);
  });
});

describe('answering', () => {
  it('stores the answer and tells who asked', async () => {
    const questionId = await asked();
    expect((await answer(teacher, questionId)).body).toEqual({ questionId, answerId: expect.any(String), version: 2 });
    await answer(student, questionId);
    expect(await notificationsOf(harness, student)).toMatchObject([
      { type: 'question_answered', params: { title: 'Why?', name: 'Ingrid Halvorsen' } },
    ]);
    expect(await stored(questionId)).toMatchObject({ version: 3 });
  });

  it('is not possible for those who may not open the lesson: the question does not exist for them', async () => {
    const questionId = await asked();
    const stranger = await harness.person('student');
    expect((await answer(stranger, questionId)).body).toMatchObject({ status: 404, code: 'question_not_found' });
    expect((await answer(stranger, course.id)).body).toMatchObject({ status: 404, code: 'question_not_found' });
  });

  it('ends with 200 answers', async () => {
    const questionId = await asked();
    await answersOf(teacher, questionId, 199);
    const answers = await Promise.all(Array.from({ length: 3 }, () => answer(helper, questionId)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
  });

  it('ends with 20 answers of one person, and goes on for others', async () => {
    const questionId = await asked();
    await answersOf(helper, questionId, 19);
    const answers = await Promise.all(Array.from({ length: 3 }, () => answer(helper, questionId)));
    expect(answers.map(({ status, body }) => body.code ?? status).toSorted()).toEqual([201, 'too_many', 'too_many']);
    expect((await answer(student, questionId)).status).toBe(201);
  });
});

describe('accepting an answer', () => {
  it('is for who asked and for the teacher, tells who answered, and does so once however often it is sent', async () => {
    const questionId = await asked();
    const { answerId } = (await answer(helper, questionId)).body;
    expect((await accept(helper, answerId)).body).toMatchObject({ status: 403, code: 'forbidden' });
    for (const person of [student, student, teacher]) {
      expect((await accept(person, answerId)).body).toEqual({ questionId, answerId, version: 3 });
    }
    expect(await stored(questionId)).toMatchObject({ accepted_answer_id: answerId, version: 3 });
    expect(await typesOf(helper)).toEqual(['answer_accepted']);
  });

  it('is taken back by who may do it, and not that of another answer', async () => {
    const questionId = await asked();
    const { answerId } = (await answer(helper, questionId)).body;
    const other = (await answer(helper, questionId)).body.answerId;
    await accept(student, answerId);
    expect((await takeBack(helper, answerId)).body).toMatchObject({ status: 403, code: 'forbidden' });
    expect((await takeBack(teacher, other)).body).toEqual({ questionId, answerId: other, version: 4 });
    for (const person of [teacher, student]) {
      expect((await takeBack(person, answerId)).body).toEqual({ questionId, answerId, version: 5 });
    }
    expect(await stored(questionId)).toMatchObject({ accepted_answer_id: null, version: 5 });
    expect(await typesOf(helper)).toEqual(['answer_accepted']);
  });

  it('moves to another answer, and says nothing to oneself', async () => {
    const questionId = await asked();
    const first = (await answer(helper, questionId)).body.answerId;
    const own = (await answer(student, questionId)).body.answerId;
    await accept(student, first);
    await accept(student, own);
    expect(await stored(questionId)).toMatchObject({ accepted_answer_id: own });
    expect(await typesOf(student)).toEqual(['question_answered']);
  });

  it('does not exist for those who may not open the lesson', async () => {
    const { answerId } = (await answer(helper, await asked())).body;
    expect((await accept(await harness.person('student'), answerId)).body.code).toBe('answer_not_found');
    await harness.pool.query('update enrollments set revoked_at = now() where user_id = $1', [student.id]);
    expect((await accept(student, answerId)).body.code).toBe('answer_not_found');
  });
});

describe('deleting', () => {
  it('is for the author, the teacher and admins', async () => {
    const admin = await harness.person('admin');
    const stranger = await harness.person('teacher');
    for (const person of [student, teacher, admin]) {
      const questionId = await asked();
      const { answerId } = (await answer(helper, questionId)).body;
      for (const path of [`questions/${questionId}`, `answers/${answerId}`]) {
        expect((await remove(stranger, path)).status).toBe(404);
      }
      expect((await remove(helper, `questions/${questionId}`)).body).toMatchObject({ status: 403, code: 'forbidden' });
      const remover = person === student ? helper : person;
      expect((await remove(remover, `answers/${answerId}`)).body).toEqual({ questionId, answerId, version: 3 });
      expect((await remove(person, `questions/${questionId}`)).body).toEqual({ questionId, version: 4 });
      expect(await stored(questionId)).toBeUndefined();
      expect(await harness.outbox(questionId)).toHaveLength(4);
    }
  });

  it('the accepted answer opens the question again', async () => {
    const questionId = await asked();
    const { answerId } = (await answer(helper, questionId)).body;
    await accept(student, answerId);
    await remove(helper, `answers/${answerId}`);
    expect(await stored(questionId)).toMatchObject({ accepted_answer_id: null, version: 4 });
  });

  it('one’s own question stays possible when its lesson is gone', async () => {
    const questionId = await asked();
    await removeLesson(harness, course, locked);
    await publish(harness, course);
    expect((await answer(helper, questionId)).body.code).toBe('question_not_found');
    expect((await remove(student, `questions/${questionId}`)).status).toBe(200);
  });
});
