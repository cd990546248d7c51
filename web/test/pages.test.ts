import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt, startStorefront, type Storefront } from './built-storefront.ts';
import { courses } from './fixtures/courses.ts';
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
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(web.url + path, { headers: { ...html, ...headers }, redirect: 'manual' });
const page = async (path: string): Promise<string> => (await get(path)).text();

const [course] = courses;
if (!course) throw new Error('a fixture course is needed');
const [preview, , , locked] = course.lessons;

describe('pages', () => {
  it.each(['/', '/courses', `/courses/${course.card.slug}`, `/courses/${course.card.slug}/lessons/${preview?.id}`])(
    'render %s in the language of their address',
    async (path) => {
      expect(await page(path)).toContain('<html lang="en"');
      const russian = await page(path === '/' ? '/ru' : `/ru${path}`);
      expect(russian).toContain('<html lang="ru"');
      expect(russian).toContain('hreflang="en"');
    },
  );

  it('are not redirected by the language of the browser', async () => {
    expect((await get('/courses', { 'accept-language': 'ru' })).status).toBe(200);
  });

  it('say how fresh they are', async () => {
    expect(await page('/courses')).toMatch(/data-freshness="fresh"[^>]*>\s*as of \d/);
  });

  it('name no other host than that of videos', async () => {
    const policy = (await get('/')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self' 'sha256-");
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|nonce-/);
    const text = await page('/');
    const resources = [...text.matchAll(/<(?:script|link|img)[^>]+(?:src|href)="(https?:[^"]+)"/g)].map(
      ([, url]) => url ?? '',
    );
    expect(resources.filter((url) => !url.startsWith(web.url))).toEqual([]);
  });

  it('describe a course to search engines', async () => {
    const text = await page(`/courses/${course.card.slug}`);
    const json = /<script type="application\/ld\+json">(.+?)<\/script>/.exec(text)?.[1];
    expect(JSON.parse(json ?? '')).toMatchObject({ '@type': 'Course', name: course.card.title });
    expect(text).toContain(`<link rel="canonical" href="${web.url}/courses/${course.card.slug}"`);
  });

  it('keep the text of a locked lesson to themselves', async () => {
    const text = await page(`/courses/${course.card.slug}/lessons/${locked?.id}`);
    expect(text).toContain('This lesson is part of the full course');
    expect(text).not.toContain('For each reference the checker finds');
  });

  it('lead an outdated course address of a lesson to its present one', async () => {
    const response = await get(`/ru/courses/another-course/lessons/${preview?.id}?x=1`);
    expect(response.status).toBe(301);
    expect(response.headers.get('location')).toBe(`/ru/courses/${course.card.slug}/lessons/${preview?.id}?x=1`);
  });

  it('answer 404 with the id of the request', async () => {
    const response = await get('/courses/no-such-course', { 'x-request-id': 'request-12345' });
    expect(response.status).toBe(404);
    const text = await response.text();
    expect(text).toContain('There is no such course');
    expect(text).toContain('request-12345');
  });

  it('show results without JavaScript, with what was searched in the field', async () => {
    const text = await page('/courses?q=borow+cheker&level=intermediate');
    expect(text).toContain('value="borow cheker"');
    expect(text).toContain(course.card.title);
    expect(text).toContain(`/lessons/${course.lessons[1]?.id}#`);
  });

  it('render in the theme of the cookie', async () => {
    const response = await get('/', { cookie: 'edu_theme=dark' });
    expect(await response.text()).toContain('data-theme="dark"');
    expect(await page('/')).not.toContain('data-theme=');
  });

  it('draw covers that may be kept for ever', async () => {
    const response = await get('/covers/waves-70-sourdough.svg?v=1');
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(await response.text()).toContain('<svg');
    expect((await get('/covers/nonsense.svg')).status).toBe(404);
  });
});

const signIn = (origin: string, headers: Record<string, string> = {}, password = TEACHER.password) =>
  fetch(`${web.url}/sign-in?next=/courses`, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...html, origin, ...headers },
    body: new URLSearchParams({ email: TEACHER.email, password }),
  });

describe('signing in', () => {
  it('works over plain http, with cookies that no script can read', async () => {
    const response = await signIn(web.url);
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/courses');
    const cookies = response.headers.getSetCookie();
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['edu_access', 'edu_refresh']);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/HttpOnly/);
      expect(cookie).toMatch(/SameSite=Lax/);
      expect(cookie).not.toMatch(/Secure/);
    }
  });

  it('sets Secure cookies behind an https proxy', async () => {
    const { host } = new URL(web.url);
    const response = await signIn(`https://${host}`, { 'x-forwarded-proto': 'https' });
    expect(response.status).toBe(303);
    for (const cookie of response.headers.getSetCookie()) expect(cookie).toMatch(/Secure/);
    expect(response.headers.has('strict-transport-security')).toBe(true);
  });

  it('is refused to a form of another site', async () => {
    expect((await signIn('https://evil.example')).status).toBe(403);
    expect((await signIn('null')).status).toBe(403);
  });

  it('says what is wrong and keeps what was typed, except the password', async () => {
    const response = await signIn(web.url, {}, 'not the password');
    expect(response.status).toBe(401);
    const text = await response.text();
    expect(text).toContain('The email or the password is wrong');
    expect(text).toContain(`value="${TEACHER.email}"`);
    expect(text).not.toContain('not the password');
  });

  it('shows the person on every page and gives no token to its scripts', async () => {
    const cookies = (await signIn(web.url)).headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
    const text = await (await get('/courses', { cookie: cookies.join('; ') })).text();
    expect(text).toContain('Nadia Verhoeven');
    for (const cookie of cookies) expect(text).not.toContain(cookie.split('=').slice(1).join('='));
  });

  it('refreshes a session that has run out', async () => {
    const refresh = `edu_refresh=refresh-0-${'x'.repeat(24)}`;
    const response = await get('/courses', { cookie: refresh });
    expect(response.headers.getSetCookie().some((cookie) => cookie.startsWith('edu_access='))).toBe(true);
    expect(await response.text()).toContain('Nadia Verhoeven');
  });
});

describe('the process', () => {
  it('is live, ready while the read API is, and measures by route', async () => {
    expect((await get('/livez')).status).toBe(200);
    expect((await get('/readyz')).status).toBe(200);
    const metrics = await (await fetch(web.metricsUrl)).text();
    expect(metrics).toMatch(
      /http_server_request_duration_seconds_count\{method="GET",route="\/courses\/\[slug\]",status="200"\}/,
    );
  });

  it('shows a page of its own while the read API is away, and is then not ready', async () => {
    const lonely = await startStorefront('http://127.0.0.1:1');
    try {
      const response = await fetch(`${lonely.url}/courses`, { headers: html });
      expect(response.status).toBe(503);
      expect(await response.text()).toContain('We cannot show this right now');
      expect((await fetch(`${lonely.url}/readyz`)).status).toBe(503);
      expect((await fetch(`${lonely.url}/livez`)).status).toBe(200);
    } finally {
      expect(await lonely.stop()).toBe(0);
    }
  });
});
