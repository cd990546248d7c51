import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHarness, type Harness, type Person } from './harness.ts';
import { booksOf, buy, sellCourse } from './support/shop.ts';

let harness: Harness;
let teacher: Person;
let admin: Person;
let course: Awaited<ReturnType<typeof sellCourse>>;
beforeAll(async () => {
  harness = await startHarness();
  teacher = await harness.person('teacher');
  admin = await harness.person('admin');
  course = await sellCourse(harness, teacher);
});
afterAll(() => harness.stop());

async function purchase(): Promise<{ sam: Person; id: string }> {
  const sam = await harness.person('student');
  const bought = await buy(harness, sam, course.id);
  expect(bought.status).toBe(201);
  return { sam, id: bought.body.id };
}
const refund = (as: Person, id: string, body?: object) =>
  harness.send('POST', `/v1/payments/${id}/refund`, { as, ...(body && { body }) });

describe('a refund', () => {
  it('gives all of it back, ends the enrollment, and tells the buyer and the outbox', async () => {
    const { sam, id } = await purchase();
    const answer = await refund(sam, id, { reason: 'Not for me' });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ id, status: 'refunded', refundedAt: expect.any(String) });
    expect(await booksOf(harness, sam.id, course.id)).toEqual({
      charges: 1,
      refunds: 1,
      isEnrolled: false,
      statuses: ['refunded'],
    });
    const { rows } = await harness.pool.query('select type from notifications where user_id = $1 order by id', [
      sam.id,
    ]);
    expect(rows.map(({ type }) => type)).toEqual(['paid', 'refunded']);
    expect((await harness.outbox(id)).map(({ aggregate_version: version }) => version)).toEqual([1, 2, 3, 4]);
  });

  it('needs no body, and happens once however often it is asked for', async () => {
    const { sam, id } = await purchase();
    const answers = await Promise.all([refund(sam, id), refund(sam, id), refund(admin, id)]);
    expect(answers.map(({ status, body }) => [status, body.status])).toEqual([
      [200, 'refunded'],
      [200, 'refunded'],
      [200, 'refunded'],
    ]);
    expect((await refund(sam, id)).status).toBe(200);
    expect(await booksOf(harness, sam.id, course.id)).toMatchObject({ refunds: 1 });
  });

  it('lets the course be bought again', async () => {
    const { sam, id } = await purchase();
    await refund(sam, id);
    expect((await buy(harness, sam, course.id)).status).toBe(201);
    expect(await booksOf(harness, sam.id, course.id)).toEqual({
      charges: 2,
      refunds: 1,
      isEnrolled: true,
      statuses: ['refunded', 'succeeded'],
    });
  });

  it('is nobody else’s business, but an admin’s at any time', async () => {
    const { sam, id } = await purchase();
    await harness.pool.query(`update payments set settled_at = settled_at - interval '31 days' where id = $1`, [id]);
    for (const other of [await harness.person('student'), teacher]) {
      expect((await refund(other, id)).body).toMatchObject({ status: 404, code: 'payment_not_found' });
    }
    expect((await refund(sam, id)).body).toMatchObject({ status: 409, code: 'not_refundable' });
    expect((await refund(admin, id, { reason: 'Goodwill' })).status).toBe(200);
    const { rows } = await harness.pool.query('select action, details from audit_log where subject_id = $1', [id]);
    expect(rows).toEqual([{ action: 'payment.refund', details: { reason: 'Goodwill' } }]);
  });

  it('is refused to who has done half of the course', async () => {
    const { sam, id } = await purchase();
    await harness.pool.query(
      'insert into lesson_progress (user_id, lesson_id, course_id, completed_at) values ($1, $2, $3, now())',
      [sam.id, course.lessonId, course.id],
    );
    const answer = await refund(sam, id);
    expect(answer.body).toMatchObject({ code: 'not_refundable', detail: expect.stringContaining('50 %') });
  });

  it('of a course that was unpublished is still possible', async () => {
    const sold = await sellCourse(harness, teacher);
    const sam = await harness.person('student');
    const bought = await buy(harness, sam, sold.id);
    await harness.send('POST', `/v1/courses/${sold.id}/unpublish`, { as: teacher, version: sold.version });
    expect((await refund(sam, bought.body.id)).body.status).toBe('refunded');
  });

  it('of nothing that was charged is refused', async () => {
    const sam = await harness.person('student');
    const declined = await buy(harness, sam, course.id, { card: '4000 0000 0000 0002' });
    expect((await refund(sam, declined.body.paymentId)).body).toMatchObject({ status: 409, code: 'not_refundable' });
    expect((await refund(sam, '01900000-0000-7000-8000-000000000000')).status).toBe(404);
  });
});
