import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transaction } from '@eduplatform/db/transaction';
import { notify } from '../notifications/notify.ts';
import { forgetReadNotifications } from '../notifications/retention.ts';
import { startHarness, type Harness, type Person } from './harness.ts';
import { notificationsOf } from './support/learning.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const HORIZON = /-0{19}$/;
const HOW_MANY = process.env.EDU_TEST_SCALE === 'long' ? 10_000 : 1100;

async function told(count: number): Promise<Person> {
  const person = await harness.person('student');
  const notices = Array.from({ length: count }, (_, n) => ({
    userId: person.id,
    type: 'announcement' as const,
    params: { title: `News ${n}`, text: 'Hi' },
  }));
  await transaction(harness.pool, (tx) => notify(tx, notices, new Date()));
  return person;
}

const read = (as: Person, id: string | undefined) => harness.send('PATCH', `/v1/notifications/${id}/read`, { as });
const readAll = (as: Person) => harness.send('POST', '/v1/notifications/read-all', { as });
const chunks = async () =>
  (await harness.outbox())
    .filter(({ type }) => type === 'notifications.changed')
    .map(({ payload }) => payload.ids as string[]);

describe('reading notifications', () => {
  it('marks one, once', async () => {
    const person = await told(2);
    const [first] = await notificationsOf(harness, person);
    const rows = (await chunks()).length;
    expect((await read(person, first?.id)).body).toEqual({ changed: 1 });
    expect((await chunks()).slice(rows)).toEqual([[first?.id]]);
    const again = await read(person, first?.id);
    expect(again.body).toEqual({ changed: 0 });
    expect(again.headers['x-outbox-position']).toMatch(HORIZON);
  });

  it('is nobody else’s business', async () => {
    const [foreign] = await notificationsOf(harness, await told(1));
    for (const role of ['student', 'admin'] as const) {
      const answer = await read(await harness.person(role), foreign?.id);
      expect(answer.body).toMatchObject({ status: 404, code: 'notification_not_found' });
    }
  });

  it('marks all of them at once, however many there are', async () => {
    const person = await told(HOW_MANY);
    const rows = (await chunks()).length;
    expect((await readAll(person)).body).toEqual({ changed: HOW_MANY });
    const events = (await chunks()).slice(rows);
    expect(events.map((ids) => ids.length).toSorted((a, b) => b - a)[0]).toBe(500);
    expect(new Set(events.flat()).size).toBe(HOW_MANY);
    expect((await readAll(person)).body).toEqual({ changed: 0 });
  });
});

describe('the retention of notifications', () => {
  it('deletes what was read and is older than 180 days, and tells the outbox', async () => {
    const person = await told(12);
    const ids = (await notificationsOf(harness, person)).map(({ id }) => id);
    const age = (days: number, isRead: boolean, chosen: string[]) =>
      harness.pool.query(
        `update notifications set created_at = now() - make_interval(days => $1), read_at = case when $2 then now() end
         where id = any ($3)`,
        [days, isRead, chosen],
      );
    await age(181, true, ids.slice(0, 7));
    await age(181, false, ids.slice(7, 9));
    await age(179, true, ids.slice(9));
    const rows = (await chunks()).length;
    expect(await forgetReadNotifications(harness.pool, 3)).toBe(7);
    expect((await notificationsOf(harness, person)).map(({ id }) => id)).toEqual(ids.slice(7));
    const events = (await chunks()).slice(rows);
    expect(events.map((chunk) => chunk.length)).toEqual([3, 3, 1]);
    expect(events.flat().toSorted()).toEqual(ids.slice(0, 7).toSorted());
    expect(await forgetReadNotifications(harness.pool)).toBe(0);
  });
});
