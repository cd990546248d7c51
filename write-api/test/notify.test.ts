import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transaction } from '@eduplatform/db/transaction';
import { notify, type Notice } from '../notifications/notify.ts';
import { startHarness, type Harness } from './harness.ts';
import { notificationsOf } from './support/learning.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const tell = (notices: Notice[]) => transaction(harness.pool, (tx) => notify(tx, notices, new Date()));
const mails = async () => {
  const { rows } = await harness.pool.query(
    "select template, language, params from mail_queue order by language, params ->> 'subject'",
  );
  return rows;
};

describe('telling people something', () => {
  it('inserts what each is told and mails it in the language of each who wants it', async () => {
    const { pool, person } = harness;
    const [anna, boris, clara, dora] = await Promise.all(
      ['Anna', 'Boris', 'Clara', 'Dora'].map((name) => person('student', name)),
    );
    if (!anna || !boris || !clara || !dora) throw new Error('nobody there');
    await pool.query(`update users set language = 'ru', email_preference = 'important' where id = $1`, [boris.id]);
    await pool.query(`update users set email_preference = 'none' where id = $1`, [clara.id]);
    await pool.query('update users set deleted_at = now() where id = $1', [dora.id]);
    const everybody = [anna, boris, clara, dora].map(({ id }) => id);
    const enrolled = { type: 'enrolled', params: { courseTitle: 'Bread' }, link: '/courses/bread' } as const;
    const refunded = { type: 'refunded', params: { courseTitle: 'Bread' } } as const;
    const events = await tell([
      ...everybody.map((userId) => ({ userId, ...enrolled })),
      ...everybody.map((userId) => ({ userId, ...refunded })),
    ]);

    expect(await notificationsOf(harness, anna)).toEqual([
      { id: expect.any(String), type: 'enrolled', params: { courseTitle: 'Bread', link: '/courses/bread' } },
      { id: expect.any(String), type: 'refunded', params: { courseTitle: 'Bread' } },
    ]);
    expect(await notificationsOf(harness, clara)).toHaveLength(2);
    expect(await notificationsOf(harness, dora)).toEqual([]);
    const ids = await pool.query<{ id: string }>('select id from notifications');
    const told = events.flatMap(({ payload }) => ('ids' in payload ? payload.ids : []));
    expect(told.toSorted()).toEqual(ids.rows.map(({ id }) => id).toSorted());
    expect(await mails()).toMatchObject([
      { language: 'en', params: { subject: 'Refunded: Bread', link: null } },
      {
        language: 'en',
        template: 'notification',
        params: { subject: 'You are enrolled: Bread', link: '/courses/bread' },
      },
      { language: 'ru', params: { subject: 'Возврат за курс «Bread»' } },
    ]);
  });

  it('names at most 500 notifications in one event', async () => {
    const { id: userId } = await harness.person('student');
    const events = await tell(
      Array.from({ length: 1201 }, (_, n) => ({ userId, type: 'announcement', params: { title: `${n}`, text: 'Hi' } })),
    );
    expect(events.map(({ payload }) => 'ids' in payload && payload.ids.length)).toEqual([500, 500, 201]);
  });

  it('mails one person at most fifty times an hour, but what is important always', async () => {
    const { id: userId } = await harness.person('student');
    const params = { courseTitle: 'Bread', title: 'Why?' };
    for (let count = 0; count < 52; count += 1) await tell([{ userId, type: 'answer_accepted', params }]);
    await tell([{ userId, type: 'refunded', params }]);
    const counted = async (table: string) =>
      (await harness.pool.query(`select count(*) from ${table} where user_id = $1`, [userId])).rows[0].count;
    expect(await counted('notifications')).toBe(53);
    expect(await counted('mail_queue')).toBe(51);
  });

  it('of nothing does nothing', async () => {
    expect(await tell([])).toEqual([]);
  });
});
