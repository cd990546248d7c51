import { randomUUID } from 'node:crypto';
import { all } from '@eduplatform/local/testing/authorization/actors';
import { members } from './actors.ts';
import type { Expectations, PlainExpectation } from './expectation.ts';

/** What is asked of strangers too, and what becomes of it once it is let in. */
const open = (url: string, body: object, reached: number): PlainExpectation => ({
  attempt: () => ({ url, body, headers: { 'x-forwarded-for': '203.0.113.1' } }),
  any: all(reached),
});
const own = (url: string, outcome: 'ok' | number, body?: object): PlainExpectation => ({
  attempt: () => ({ url, ...(body && { body }) }),
  any: members(outcome),
});

const TOKEN = 'x'.repeat(43);
const PASSWORD = 'correct horse battery';

export const accountExpectations: Expectations = {
  'GET /.well-known/jwks.json': { attempt: () => ({ url: '/.well-known/jwks.json' }), any: all('ok') },
  'POST /v1/auth/register': {
    attempt: () => ({
      url: '/v1/auth/register',
      body: { email: `${randomUUID()}@example.com`, password: PASSWORD, name: 'Ann' },
    }),
    any: all('ok'),
  },
  'POST /v1/auth/login': {
    attempt: () => ({ url: '/v1/auth/login', body: { email: `${randomUUID()}@example.com`, password: PASSWORD } }),
    any: all(401),
  },
  'POST /v1/auth/refresh': open('/v1/auth/refresh', { refreshToken: TOKEN }, 401),
  'POST /v1/auth/logout': { ...open('/v1/auth/logout', { refreshToken: TOKEN }, 204), any: all('ok') },
  'POST /v1/auth/password-reset/request': {
    attempt: () => ({ url: '/v1/auth/password-reset/request', body: { email: `${randomUUID()}@example.com` } }),
    any: all('ok'),
  },
  'POST /v1/auth/password-reset/confirm': open(
    '/v1/auth/password-reset/confirm',
    { token: TOKEN, newPassword: PASSWORD },
    400,
  ),
  'POST /v1/auth/email-verification/confirm': open('/v1/auth/email-verification/confirm', { token: TOKEN }, 400),
  'POST /v1/auth/email-verification/request': own('/v1/auth/email-verification/request', 'ok'),
  'POST /v1/auth/change-password': own('/v1/auth/change-password', 401, {
    currentPassword: 'wrong',
    newPassword: PASSWORD,
  }),
  'POST /v1/auth/delete-account': own('/v1/auth/delete-account', 401, { password: 'wrong' }),
  'POST /v1/auth/logout-everywhere': own('/v1/auth/logout-everywhere', 'ok'),
  'PATCH /v1/auth/profile': own('/v1/auth/profile', 'ok', { name: 'Ann' }),
  'GET /v1/auth/export': own('/v1/auth/export', 'ok'),
  'GET /v1/auth/sessions': own('/v1/auth/sessions', 'ok'),
  'DELETE /v1/auth/sessions/:sessionId': {
    attempt: async ({ harness }, holder) => {
      const { rows } = await harness.pool.query<{ id: string }>(
        `insert into sessions (user_id, expires_at) values ($1, now() + interval '1 day') returning id`,
        [holder.id],
      );
      return { url: `/v1/auth/sessions/${rows[0]?.id ?? ''}` };
    },
    own: members('ok'),
    foreign: members(404),
  },
};
