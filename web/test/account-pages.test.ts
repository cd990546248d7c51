import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt, startStorefront, type Storefront } from './built-storefront.ts';
import { startFixtureApi, type FixtureApi } from './fixtures/server.ts';
import { TEACHER } from './fixtures/sessions.ts';

let api: FixtureApi;
let web: Storefront;

beforeAll(async () => {
  await ensureBuilt();
  api = await startFixtureApi();
  web = await startStorefront(api.url);
}, 180_000);

afterAll(async () => {
  await web?.stop();
  await api?.close();
});

const html = { accept: 'text/html' };
const get = (path: string, cookie = '') => fetch(web.url + path, { headers: { ...html, cookie }, redirect: 'manual' });
const post = (path: string, fields: Record<string, string>, cookie = '') =>
  fetch(web.url + path, {
    method: 'POST',
    headers: { ...html, origin: web.url, cookie },
    redirect: 'manual',
    body: new URLSearchParams(fields),
  });

const TOKEN = 'token-of-a-mail-0123456789abcdef';

describe.each(['/reset-password', '/verify-email'])('the address of %s', (path) => {
  it('holds a token that no referrer, cache or search engine gets', async () => {
    const answer = await get(`${path}?token=${TOKEN}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('referrer-policy')).toBe('strict-origin');
    expect(answer.headers.get('cache-control')).toContain('no-store');
    const text = await answer.text();
    expect(text).toContain('content="noindex"');
    const resources = [...text.matchAll(/<(?:script|link|img|iframe)[^>]+(?:src|href)="(https?:[^"]+)"/g)];
    expect(resources.filter(([, url]) => !url?.startsWith(web.url))).toEqual([]);
  });

  it('uses the token by a form alone, and says what to do when it is dead', async () => {
    const answer = await post(`${path}?token=${TOKEN}`, { password: 'a long new password' });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('referrer-policy')).toBe('strict-origin');
    expect(await answer.text()).toContain('This link no longer works');
  });
});

describe('asking for a new password', () => {
  it('says the same of every address', async () => {
    const words = async (email: string) =>
      (await (await post('/forgot-password', { email })).text()).match(/If there is an account with[^<]+/)?.[0];
    const known = await words(TEACHER.email);
    expect(known).toContain(TEACHER.email);
    expect((await words('nobody@example.com'))?.replace('nobody@example.com', TEACHER.email)).toBe(known);
  });

  it('says what is wrong with what is no address', async () => {
    const answer = await post('/forgot-password', { email: 'nobody' });
    expect(answer.status).toBe(400);
    const text = await answer.text();
    expect(text).toContain('Enter an email address');
    expect(text).toContain('value="nobody"');
  });
});

describe('pages of one’s own', () => {
  it.each(['/account', '/account/delete', '/account/export', '/studio/coupons', '/admin', '/admin/users'])(
    'lead strangers from %s to the sign-in page and back',
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
    },
  );

  it('lead a form that was sent without a session back to its page, not to its action', async () => {
    const answer = await post('/account?/profile', { name: 'Ada' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/sign-in?next=%2Faccount');
  });

  it.each(['/admin', '/admin/teachers', '/admin/log'])('keep %s from who is no administrator', async (path) => {
    const signedIn = await post('/sign-in', { email: TEACHER.email, password: TEACHER.password });
    const cookie = signedIn.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const answer = await get(path, cookie);
    expect(answer.status).toBe(403);
    expect(answer.headers.get('cache-control')).toContain('private');
    expect((await post(`/admin/users?/suspend`, { id: 'x', reason: 'y' }, cookie)).status).toBe(403);
  });
});
