import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tellMore } from '../admin/announcements/tell.ts';
import { startHarness, type Answer, type Harness, type Person } from './harness.ts';
import { openMailbox } from './mailbox.ts';

let harness: Harness;
let admin: Person;
beforeAll(async () => {
  harness = await startHarness('demo', { rateLimits: { auth: 1e9 } });
  admin = await harness.person('admin', 'Head');
});
afterAll(() => harness.stop());

const apply = (as: Person, body: object = { bio: ' I bake. ', links: ['https://bakery.example/me'] }) =>
  harness.send('POST', '/v1/teacher-applications', { as, body });
const command = (path: string, body?: object, as = admin): Promise<Answer> =>
  harness.send('POST', `/v1/admin/${path}`, { as, ...(body && { body }) });
const get = (path: string): Promise<Answer> => harness.send('GET', `/v1/admin/${path}`, { as: admin });
const noticesOf = async ({ id }: Person) =>
  (await harness.pool.query('select type, params from notifications where user_id = $1 order by id', [id])).rows;
const auditOf = async (id: string): Promise<string[]> =>
  (await get('audit-log?limit=100')).body.items
    .filter(({ subjectId }: { subjectId: string }) => subjectId === id)
    .map(({ action }: { action: string }) => action);

/** Ids on all pages of a list. */
async function walk(path: string, idOf: (item: never) => string): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor = ''; ;) {
    const { body } = await get(`${path}${path.includes('?') ? '&' : '?'}limit=2${cursor}`);
    ids.push(...body.items.map(idOf));
    if (body.nextCursor === null) return ids;
    cursor = `&cursor=${body.nextCursor}`;
  }
}

describe('applying as a teacher', () => {
  it('makes a teacher who is not verified, whose page says what the application said', async () => {
    const student = await harness.person('student');
    const answer = await apply(student);
    expect(answer).toMatchObject({ status: 201, body: { status: 'pending', userId: student.id } });
    const { rows } = await harness.pool.query('select role, is_verified, bio from users where id = $1', [student.id]);
    expect(rows).toEqual([{ role: 'teacher', is_verified: false, bio: 'I bake.' }]);
    expect((await harness.outbox(student.id)).at(-1)).toMatchObject({ type: 'user.changed', aggregate_version: 2 });
    expect((await apply(student)).body).toMatchObject({ status: 409, code: 'application_pending' });
  });

  it('takes at most five pages as evidence, and none that is not https', async () => {
    const student = await harness.person('student');
    const link = 'https://bakery.example/';
    for (const links of [['http://bakery.example'], ['javascript:alert(1)'], Array(6).fill(link)]) {
      expect((await apply(student, { bio: 'I bake.', links })).body).toMatchObject({ code: 'invalid_request' });
    }
  });

  it('is not for those who may publish already', async () => {
    for (const role of ['teacher', 'admin'] as const) {
      expect((await apply(await harness.person(role))).body).toMatchObject({ status: 409, code: 'already_verified' });
    }
  });
});

describe('deciding on teachers', () => {
  it('verifies once, tells the teacher, and notes who did it', async () => {
    const teacher = await harness.person('student');
    await apply(teacher);
    const { body } = await get('teachers?status=pending&limit=100');
    expect(body.items.at(-1)).toMatchObject({
      userId: teacher.id,
      isVerified: false,
      application: { bio: 'I bake.', links: ['https://bakery.example/me'], status: 'pending', decidedAt: null },
    });
    const verified = await command(`teachers/${teacher.id}/verify`);
    expect(verified).toMatchObject({ status: 200, body: { userId: teacher.id, version: 3 } });
    expect((await command(`teachers/${teacher.id}/verify`)).body.version).toBe(3);
    expect(await noticesOf(teacher)).toMatchObject([{ type: 'verified' }]);
    expect(await auditOf(teacher.id)).toEqual(['teacher.verify']);
    expect((await get('teachers?status=verified&limit=1')).body.items[0]).toMatchObject({
      userId: teacher.id,
      application: { status: 'verified' },
    });
  });

  it('rejects with a reason, after which the teacher may apply again', async () => {
    const teacher = await harness.person('student');
    await apply(teacher);
    const reject = () => command(`teachers/${teacher.id}/reject`, { reason: 'No evidence' });
    expect((await reject()).status).toBe(200);
    expect((await reject()).body).toMatchObject({ status: 409, code: 'no_application' });
    expect(await noticesOf(teacher)).toMatchObject([{ type: 'rejected', params: { reason: 'No evidence' } }]);
    expect((await get('teachers?status=rejected&limit=1')).body.items[0]).toMatchObject({
      userId: teacher.id,
      application: { reason: 'No evidence' },
    });
    expect((await apply(teacher)).status).toBe(201);
    const rejected = await walk('teachers?status=rejected', ({ userId }: { userId: string }) => userId);
    expect(rejected).not.toContain(teacher.id);
    expect(await auditOf(teacher.id)).toEqual(['teacher.reject']);
  });

  it('needs a teacher', async () => {
    const student = await harness.person('student');
    expect((await command(`teachers/${student.id}/verify`)).body.code).toBe('teacher_not_found');
  });

  it('pages through those who wait, each once', async () => {
    for (let count = 0; count < 5; count += 1) await apply(await harness.person('student'));
    const ids = await walk('teachers?status=pending', ({ userId }: { userId: string }) => userId);
    const { rows } = await harness.pool.query(
      `select user_id from teacher_applications where status = 'pending' order by id`,
    );
    expect(ids).toEqual(rows.map(({ user_id }) => user_id));
  });
});

describe('users', () => {
  it('are found by the beginning of their name or email, in any case, and by nothing else', async () => {
    const { id } = await harness.person('student', 'Ünal 100%_sure');
    const find = async (q: string) =>
      (await get(`users?limit=100&q=${encodeURIComponent(q)}`)).body.items.map((user: { id: string }) => user.id);
    for (const q of ['ünal', 'ÜNAL 100%_', 'Ünal 100%']) expect(await find(q)).toEqual([id]);
    for (const q of ['nal', '%', '_nal', 'Ünal 100%%']) expect(await find(q)).toEqual([]);
    expect(await find('person-')).toContain(id);
  });

  it('are listed page by page, newest first, without those who deleted their account', async () => {
    const { id } = await harness.person('student');
    await harness.pool.query('update users set deleted_at = now() where id = $1', [id]);
    const ids = await walk('users', (user: { id: string }) => user.id);
    const { rows } = await harness.pool.query('select id from users where deleted_at is null order by id desc');
    expect(ids).toEqual(rows.map((row) => row.id));
  });
});

describe('suspending', () => {
  it('ends every session, refuses commands at once and the next sign-in, and is undone by restoring', async () => {
    const body = { email: 'spammer@example.com', password: 'correct horse battery', name: 'Sam' };
    const session = (await harness.send('POST', '/v1/auth/register', { body })).body;
    const user: Person = { id: session.user.id, token: session.accessToken };
    const login = () =>
      harness.send('POST', '/v1/auth/login', { body: { email: body.email, password: body.password } });
    expect((await command(`users/${user.id}/suspend`, { reason: 'Spam' })).status).toBe(200);
    const profile = await harness.send('PATCH', '/v1/auth/profile', { as: user, body: { name: 'X' } });
    expect(profile.body).toMatchObject({ status: 403, code: 'account_suspended' });
    const refreshed = await harness.send('POST', '/v1/auth/refresh', { body: { refreshToken: session.refreshToken } });
    expect(refreshed.status).toBe(401);
    expect((await login()).body).toMatchObject({ status: 403, code: 'account_suspended' });
    expect((await get('users?q=spammer')).body.items).toMatchObject([{ suspensionReason: 'Spam' }]);
    expect((await command(`users/${user.id}/restore`)).body).toEqual({ userId: user.id, version: 3 });
    expect((await login()).status).toBe(200);
    expect(await auditOf(user.id)).toEqual(['user.restore', 'user.suspend']);
    const mails = await openMailbox(harness.pool).to(body.email);
    expect(mails.map(({ template }) => template)).toEqual(['welcome', 'account_suspended', 'account_restored']);
    expect(mails[1]?.text).toContain('Spam');
  });

  it('says that an account is suspended only to who knows its password', async () => {
    const body = { email: 'quiet@example.com', password: 'correct horse battery', name: 'Sam' };
    const { id } = (await harness.send('POST', '/v1/auth/register', { body })).body.user;
    await command(`users/${id}/suspend`, { reason: 'Spam' });
    const wrong = await harness.send('POST', '/v1/auth/login', { body: { email: body.email, password: 'wrong' } });
    expect(wrong.body.code).toBe('invalid_credentials');
  });

  it('is not for oneself, nor for those who are not there', async () => {
    expect((await command(`users/${admin.id}/suspend`, { reason: 'Tired' })).body.code).toBe('forbidden');
    const nobody = '01890000-0000-7000-8000-000000000000';
    expect((await command(`users/${nobody}/suspend`, { reason: 'Spam' })).body.code).toBe('user_not_found');
  });

  it('twice is the same as once', async () => {
    const { id } = await harness.person('student');
    const suspend = () => command(`users/${id}/suspend`, { reason: 'Spam' });
    expect((await suspend()).body).toEqual((await suspend()).body);
    expect(await auditOf(id)).toEqual(['user.suspend']);
  });
});

describe('an announcement', () => {
  it('reaches everybody once, also when it is passed on in pieces and a key is used again', async () => {
    const body = { title: 'Summer', text: 'New courses.', link: '/courses' };
    const send = () =>
      harness.send('POST', '/v1/admin/notifications', { as: admin, body, headers: { 'idempotency-key': 'summer' } });
    const first = await send();
    expect(first.status).toBe(201);
    expect((await send()).body).toEqual(first.body);
    // As for a school that is too large for the first transaction.
    await harness.pool.query('update announcements set finished_at = null, last_user_id = null');
    await harness.pool.query(`delete from notifications where type = 'announcement'`);
    while (await tellMore(harness.pool, new Date(), 7));
    const { rows } = await harness.pool.query(
      `select (select count(*)::int from users where deleted_at is null) as users, count(*)::int as told,
         count(distinct user_id)::int as people
       from notifications where type = 'announcement'`,
    );
    expect(rows[0].told).toBe(rows[0].users);
    expect(rows[0].people).toBe(rows[0].users);
    expect(await auditOf(first.body.announcementId)).toEqual(['announcement.create']);
  });

  it('leads to the storefront only', async () => {
    for (const link of ['https://evil.example', '//evil.example', '/\\evil.example', 'courses']) {
      const answer = await command('notifications', { title: 'T', text: 'T', link });
      expect(answer.body).toMatchObject({ status: 400, code: 'invalid_request' });
    }
  });
});

it('the audit log is read page by page, newest first', async () => {
  const ids = await walk('audit-log', ({ id }: { id: string }) => id);
  expect(ids.length).toBeGreaterThan(5);
  expect(ids).toEqual(ids.toSorted().toReversed());
  expect((await get('audit-log?cursor=nonsense')).body.code).toBe('invalid_cursor');
});
