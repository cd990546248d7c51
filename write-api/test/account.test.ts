import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EXPORT_SOURCES } from '../users/export-sources.ts';
import { createDraft, startHarness, type Answer, type Harness, type Person } from './harness.ts';
import { enrollIn, notificationsOf, publishCourse } from './support/learning.ts';

const PASSWORD = 'correct horse battery';

let harness: Harness;
let count = 0;
beforeAll(async () => {
  harness = await startHarness('demo', { rateLimits: { auth: 1e9 } });
});
afterAll(() => harness.stop());

interface Member extends Person {
  email: string;
  refreshToken: string;
}

async function register(): Promise<Member> {
  const email = `lee-${(count += 1)}@example.com`;
  const body = { email, password: PASSWORD, name: 'Lee' };
  const session = (await harness.send('POST', '/v1/auth/register', { body })).body;
  return { id: session.user.id, token: session.accessToken, email, refreshToken: session.refreshToken };
}
const change = (as: Person, body: unknown): Promise<Answer> => harness.send('PATCH', '/v1/auth/profile', { as, body });
const remove = (as: Person, password = PASSWORD): Promise<Answer> =>
  harness.send('POST', '/v1/auth/delete-account', { as, body: { password } });

/** A course of somebody else's, which `member` has to do with in every way there is. */
async function learn(member: Member): Promise<void> {
  const teacher = await harness.person('teacher');
  const { id, lessonId } = await createDraft(harness, teacher, `Course ${(count += 1)}`);
  const insert = (sql: string) => harness.pool.query(sql, [member.id, id]);
  await insert(
    `insert into payments (user_id, course_id, course_title, list_amount, amount, currency, status, provider, card_brand,
       card_last4, idempotency_key) values ($1, $2, 'Bread', 900, 900, 'EUR', 'succeeded', 'mock', 'visa', '4242', 'k')`,
  );
  await insert('insert into enrollments (user_id, course_id) values ($1, $2)');
  await insert('insert into favorites (user_id, course_id) values ($1, $2)');
  await insert(`insert into reviews (user_id, course_id, rating, text) values ($1, $2, 5, 'Good')`);
  await insert(
    `insert into completions (user_id, course_id, revision, certificate_code, student_name, course_title, teacher_name)
     values ($1, $2, 1, gen_random_uuid(), 'Lee', 'Bread', 'Somebody')`,
  );
  await harness.pool.query(
    `insert into notes (user_id, course_id, lesson_id, text) values ($1, $2, $3, 'My secret note')`,
    [member.id, id, lessonId],
  );
  await harness.pool.query(`insert into notifications (user_id, type) values ($1, 'enrolled')`, [member.id]);
}

describe('the profile', () => {
  it('is changed field by field, as a version that the outbox tells of', async () => {
    const member = await register();
    const answer = await change(member, { name: ' Lee the Second ', language: 'ru', emailPreference: 'none' });
    expect(answer).toMatchObject({ status: 200, body: { userId: member.id, version: 2 } });
    expect(answer.headers['x-outbox-position']).toMatch(/^\d{10}-/);
    const { rows } = await harness.pool.query('select name, bio, language, email_preference from users where id = $1', [
      member.id,
    ]);
    expect(rows).toEqual([{ name: 'Lee the Second', bio: '', language: 'ru', email_preference: 'none' }]);
    expect(await harness.outbox(member.id)).toMatchObject([
      { type: 'user.registered' },
      { type: 'user.changed', aggregate_version: 2, payload: { userId: member.id } },
    ]);
  });

  it('stays as it is when nothing differs, and takes nothing that is not part of it', async () => {
    const member = await register();
    expect((await change(member, { name: 'Lee', bio: '' })).body).toEqual({ userId: member.id, version: 1 });
    for (const body of [{ role: 'admin' }, { isVerified: true }, { name: ' ' }, {}]) {
      expect((await change(member, body)).body).toMatchObject({ status: 400, code: 'invalid_request' });
    }
    expect(await harness.outbox(member.id)).toHaveLength(1);
  });
});

describe('the export', () => {
  it('holds every row of the person, and no secrets', async () => {
    const member = await register();
    await learn(member);
    const answer = await harness.send('GET', '/v1/auth/export', { as: member });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body.data)).toEqual(EXPORT_SOURCES.map(({ name }) => name));
    expect(answer.body.data.users).toMatchObject([{ id: member.id, email: member.email, emailPreference: 'all' }]);
    for (const name of ['sessions', 'payments', 'enrollments', 'notes', 'reviews', 'favorites', 'notifications']) {
      expect(answer.body.data[name]).toHaveLength(1);
    }
    expect(answer.text).toContain('My secret note');
    expect(answer.text).not.toMatch(/argon2|tokenHash|passwordHash/);
  });

  it('asks every table that refers to users', async () => {
    const { rows } = await harness.pool.query<{ table: string }>(
      `select distinct conrelid::regclass::text as "table" from pg_constraint
       where contype = 'f' and confrelid = 'users'::regclass`,
    );
    const asked = EXPORT_SOURCES.map(({ sql }) => sql).join('\n');
    expect(rows.length).toBeGreaterThan(15);
    for (const { table } of rows) expect(asked).toMatch(new RegExp(`from ${table}\\b`));
  });
});

describe('deleting the account', () => {
  it('needs the password', async () => {
    const member = await register();
    expect((await remove(member, 'wrong')).body).toMatchObject({ status: 401, code: 'invalid_credentials' });
  });

  it('erases what is personal and keeps what others rely on, without a name', async () => {
    const member = await register();
    await learn(member);
    const answer = await remove(member);
    expect(answer.status).toBe(204);
    expect(answer.headers['x-outbox-position']).toMatch(/^\d{10}-/);
    const { rows } = await harness.pool.query('select * from users where id = $1', [member.id]);
    expect(rows[0]).toMatchObject({
      email: expect.stringMatching(/^deleted\+[0-9a-f-]{36}@deleted\.invalid$/),
      name: 'Deleted user',
      bio: '',
      password_hash: '!',
    });
    const left = async (table: string): Promise<unknown[]> =>
      (await harness.pool.query(`select * from ${table} where user_id = $1`, [member.id])).rows;
    for (const table of ['sessions', 'auth_tokens', 'mail_queue', 'idempotency_keys', 'notes', 'favorites']) {
      expect(await left(table)).toEqual([]);
    }
    expect(await left('notifications')).toEqual([]);
    for (const table of ['enrollments', 'reviews']) expect(await left(table)).toHaveLength(1);
    expect(await left('payments')).toMatchObject([{ amount: 900, card_last4: null }]);
    expect(await left('completions')).toMatchObject([{ student_name: null }]);
    const dump = await harness.pool.query(`select (select json_agg(u) from users u)::text as text`);
    expect(dump.rows[0].text).not.toContain(member.email);
    const types = (await harness.pool.query('select type from outbox where payload::text like $1', [`%${member.id}%`]))
      .rows;
    for (const type of ['note.changed', 'favorite.changed', 'payment.changed', 'user.deleted']) {
      expect(types).toContainEqual({ type });
    }
  });

  it('takes the name out of what others were told', async () => {
    const member = await register();
    await change(member, { name: 'Leonora Unmistakable' });
    const teacher = await harness.person('teacher');
    const course = await publishCourse(harness, teacher);
    await enrollIn(harness, member, course.id);
    const words = { rating: 4, text: 'Good.' };
    await harness.send('PUT', `/v1/courses/${course.id}/reviews/me`, { as: member, body: words });
    const question = { title: 'Why?', body: '' };
    await harness.send('POST', `/v1/lessons/${course.lessonIds[0]}/questions`, { as: member, body: question });
    expect((await remove(member)).status).toBe(204);
    const told = await notificationsOf(harness, teacher);
    expect(told).toMatchObject([
      { type: 'question_asked', params: { name: 'Deleted user', title: 'Why?' } },
      { type: 'reviewed', params: { name: 'Deleted user', rating: '4' } },
    ]);
    const { rows } = await harness.pool.query(
      `select payload -> 'ids' as ids from outbox where type = 'notifications.changed'
       order by transaction_id desc, position desc limit 1`,
    );
    expect(rows[0].ids.toSorted()).toEqual(told.map(({ id }) => id).toSorted());
  });

  it('signs the person out for good, and the address is free again', async () => {
    const member = await register();
    await remove(member);
    expect((await change(member, { name: 'Back' })).body).toMatchObject({ status: 401, code: 'invalid_token' });
    const { refreshToken, email } = member;
    expect((await harness.send('POST', '/v1/auth/refresh', { body: { refreshToken } })).status).toBe(401);
    const login = { email, password: PASSWORD };
    expect((await harness.send('POST', '/v1/auth/login', { body: login })).body.code).toBe('invalid_credentials');
    const body = { ...login, name: 'Lee' };
    expect((await harness.send('POST', '/v1/auth/register', { body })).status).toBe(201);
  });

  it('cannot be prevented by who registers the address that stands for the deleted one', async () => {
    const member = await register();
    const body = { email: `deleted+${member.id}@deleted.invalid`, password: PASSWORD, name: 'Squatter' };
    expect((await harness.send('POST', '/v1/auth/register', { body })).status).toBe(201);
    expect((await remove(member)).status).toBe(204);
  });

  it('lets no command through that began before it and ends after it', async () => {
    const member = await register();
    const { id: courseId } = await publishCourse(harness, await harness.person('teacher'));
    const deletion = await harness.pool.connect();
    await deletion.query('begin');
    await deletion.query('select from users where id = $1 for update', [member.id]);
    const command = harness.send('PUT', `/v1/favorites/${courseId}`, { as: member });
    await vi.waitFor(async () => {
      const { rows } = await harness.pool.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      expect(rows).toHaveLength(1);
    });
    await deletion.query('update users set deleted_at = now() where id = $1', [member.id]);
    await deletion.query('commit');
    deletion.release();
    expect((await command).body).toMatchObject({ status: 401, code: 'invalid_token' });
    const { rows } = await harness.pool.query('select from favorites where user_id = $1', [member.id]);
    expect(rows).toEqual([]);
  });

  it('is refused while a payment is not settled', async () => {
    const member = await register();
    await learn(member);
    await harness.pool.query(`update payments set status = 'pending' where user_id = $1`, [member.id]);
    expect((await remove(member)).body).toMatchObject({ status: 409, code: 'payment_in_progress' });
  });

  it('is refused while a course of theirs is published, and takes their drafts along', async () => {
    const member = await register();
    await harness.pool.query(`update users set role = 'teacher', is_verified = true where id = $1`, [member.id]);
    const course = await createDraft(harness, member, `Course ${(count += 1)}`);
    const url = `/v1/courses/${course.id}`;
    const published = await harness.send('POST', `${url}/publish`, { as: member, version: course.version });
    expect((await remove(member)).body).toMatchObject({
      status: 409,
      code: 'account_has_courses',
      errors: [{ path: `courses/${course.id}` }],
    });
    await harness.send('POST', `${url}/unpublish`, { as: member, version: published.body.version });
    expect((await remove(member)).status).toBe(204);
    expect((await harness.outbox(course.id)).at(-1)).toMatchObject({ type: 'course.deleted' });
  });
});
