import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ensureBuilt, startStorefront, type Storefront } from './built-storefront.ts';
import { courses, fixtureId } from './fixtures/courses.ts';
import { startFixtureApi, type FixtureApi } from './fixtures/server.ts';
import { STUDENT } from './fixtures/sessions.ts';

let api: FixtureApi;
let web: Storefront;
let cookie: string;

beforeAll(async () => {
  await ensureBuilt();
  api = await startFixtureApi();
  web = await startStorefront(api.url);
  const response = await post('/sign-in', STUDENT);
  cookie = response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
}, 180_000);

afterAll(async () => {
  await web?.stop();
  await api?.close();
});

const html = { accept: 'text/html' };
const get = (path: string, headers: Record<string, string> = { cookie }) =>
  fetch(web.url + path, { headers: { ...html, ...headers }, redirect: 'manual' });
const page = async (path: string): Promise<string> => (await get(path)).text();
const post = (path: string, fields: Record<string, string>) =>
  fetch(web.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...html, origin: web.url, ...(cookie && { cookie }) },
    body: new URLSearchParams(fields),
  });

const course = (index: number) => {
  const found = courses[index];
  if (!found) throw new Error(`no fixture course ${index}`);
  return found;
};
const [free, paid, begun] = [course(9), course(3), course(2)];
const hidden = (text: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '';
const checkout = `/courses/${paid.card.slug}/checkout`;

async function pay(number: string, extra: Record<string, string> = {}) {
  const form = await page(checkout);
  const card = { number, expiry: '12/30', cvc: '123' };
  const fields = { courseId: hidden(form, 'courseId'), couponCode: '', paymentKey: hidden(form, 'paymentKey') };
  const sent = { ...fields, ...card, ...extra };
  return { sent, response: await post(`${checkout}?/pay`, sent) };
}

describe('pages of one’s own', () => {
  const own = ['/my/courses', '/my/favorites', '/my/payments', '/my/notifications', checkout];

  it.each(own)('%s leads to the sign-in page and back', async (path) => {
    const response = await get(path, {});
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
  });

  it.each(own)('%s is shown in both languages, and to nobody else', async (path) => {
    for (const address of [path, `/ru${path}`]) {
      const response = await get(address);
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toContain('private');
      expect(await response.text()).toContain('<meta name="robots" content="noindex"');
    }
  });
});

describe('a course', () => {
  it('says its rating also to those who cannot see the star', async () => {
    expect(await page('/courses')).toMatch(/Rated \d\.\d out of 5, \d+ reviews/);
  });

  it('is enrolled in by a plain form, and then gone on with', async () => {
    const path = `/courses/${free.card.slug}`;
    expect(await page(path)).toContain('Enroll for free');
    const response = await post(`${path}?/enroll`, { courseId: free.card.id });
    expect(await response.text()).toContain('You are enrolled.');
    expect(await page(path)).toContain('data-standing="continue"');
  });

  it('is reviewed by those who are enrolled, and only with stars', async () => {
    const path = `/courses/${free.card.slug}`;
    const without = await post(`${path}?/review`, { courseId: free.card.id, mode: 'new', text: 'Read it <b>now</b>.' });
    expect(without.status).toBe(400);
    expect(await without.text()).toContain('Choose how many stars you give.');
    const rated = { courseId: free.card.id, mode: 'new', rating: '4', text: 'Read it <b>now</b>.' };
    const text = await (await post(`${path}?/review`, rated)).text();
    expect(text).toContain('Your review is saved.');
    expect(text).toContain('Read it &lt;b>now&lt;/b>.');
  });
});

describe('the checkout', () => {
  it('takes coupons, and says when one does not work', async () => {
    expect(await page(`${checkout}?coupon=AUTUMN20`)).toContain('Coupon AUTUMN20 is applied');
    expect(await page(`${checkout}?coupon=NONSENSE`)).toContain('This code does not work for this course');
  });

  it('keeps everything but the card after a decline, and begins a new payment', async () => {
    const { sent, response } = await pay('4000 0000 0000 0002', { couponCode: 'AUTUMN20' });
    expect(response.status).toBe(402);
    const text = await response.text();
    expect(text).toContain('The bank declined this card; nothing was charged.');
    expect(text).not.toContain('value="4000 0000 0000 0002"');
    expect(hidden(text, 'paymentKey')).toMatch(/^[\da-f-]{36}$/);
    expect(hidden(text, 'paymentKey')).not.toBe(sent.paymentKey);
  });

  it('names the field of a card that cannot be right, and asks nobody', async () => {
    const { sent, response } = await pay('4242 4242 4242 4241');
    expect(response.status).toBe(400);
    const text = await response.text();
    expect(text).toContain('a digit is wrong or missing');
    expect(hidden(text, 'paymentKey')).toBe(sent.paymentKey);
  });

  it('waits on a page of its own while the provider has not answered', async () => {
    const { response } = await pay('4000 0000 0000 0077');
    const waiting = response.headers.get('location') ?? '';
    expect(waiting).toMatch(new RegExp(`^${checkout}/[\\da-f-]{36}$`));
    expect(await page(waiting)).toContain('Your payment is being settled');
  });

  it('is one payment, however often its form is sent', async () => {
    const before = (await page('/my/payments')).split('data-payment=').length;
    const { sent, response } = await pay('4242 4242 4242 4242');
    expect(response.headers.get('location')).toBe(`/courses/${paid.card.slug}?welcome`);
    const again = await post(`${checkout}?/pay`, sent);
    expect(again.headers.get('location')).toBe(`/courses/${paid.card.slug}?welcome`);
    expect((await page('/my/payments')).split('data-payment=').length).toBe(before + 1);
    expect((await get(checkout)).headers.get('location')).toBe(`/courses/${paid.card.slug}`);
  });
});

describe('a lesson', () => {
  const lesson = begun.lessons[1];
  const path = `/courses/${begun.card.slug}/lessons/${lesson?.id}`;

  it('is completed by a plain form, which leads to the next one', async () => {
    const next = lesson?.next?.id ?? '';
    const response = await post(`${path}?/complete`, { nextId: next });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`/courses/${begun.card.slug}/lessons/${next}`);
    expect(await page(path)).toContain('You have completed this lesson.');
  });

  it('shows the certificate after the last one that was missing', async () => {
    for (const { id } of begun.lessons) await post(`/courses/${begun.card.slug}/lessons/${id}?/complete`, {});
    const text = await page(`${path}?completed`);
    expect(text).toContain('You have completed the course');
    expect(text).toContain('/certificates/');
  });

  it('goes nowhere but to a lesson', async () => {
    await post(`${path}?/undo`, {});
    const response = await post(`${path}?/complete`, { nextId: '//evil.example' });
    expect(response.headers.get('location') ?? path).toMatch(/^\/courses\//);
  });

  it('says at its own form why an answer was not deleted', async () => {
    const answerId = fixtureId(8, 2);
    const asked = `/courses/${begun.card.slug}/lessons/${begun.lessons[0]?.id}`;
    const response = await post(`${asked}?/deleteAnswer`, { answerId });
    expect(response.status).toBe(404);
    expect(await response.text()).toMatch(new RegExp(`data-form="delete-${answerId}"[^]{0,200}role="alert"`));
  });

  it('keeps notes without scripts, and never overwrites newer words by mistake', async () => {
    const saved = await post(`${path}?/note`, { text: 'My own words', version: '0' });
    expect(saved.status).toBe(200);
    const late = await post(`${path}?/note`, { text: 'Older words', version: '0' });
    expect(late.status).toBe(412);
    const text = await late.text();
    expect(text).toContain('Older words');
    expect(hidden(text, 'version')).toBe('1');
  });
});

describe('certificates', () => {
  it('can be checked by everybody, and a wrong code says what to do', async () => {
    const response = await get('/certificates/ABCD-EFGH-JKLM', {});
    expect(await response.text()).toContain('This certificate is genuine');
    const missing = await get('/certificates/NONSENSE', {});
    expect(missing.status).toBe(404);
    expect(await missing.text()).toContain('There is no certificate with this code.');
  });
});

describe('the stream of notifications', () => {
  const stream = (headers: Record<string, string>, signal?: AbortSignal) =>
    fetch(`${web.url}/my/notifications/stream`, { headers, ...(signal && { signal }) });

  it('sends anonymous visitors away for good', async () => {
    expect((await stream({})).status).toBe(204);
  });

  it('passes events on as they come, uncompressed, and tells the API when the reader leaves', async () => {
    const reader = new AbortController();
    const headers = { cookie, 'accept-encoding': 'br, gzip', 'last-event-id': '7' };
    const response = await stream(headers, reader.signal);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(response.headers.get('content-encoding')).toBeNull();
    const first = await response.body?.getReader().read();
    expect(Buffer.from(first?.value ?? []).toString()).toBe('id: 7\nevent: unread\ndata: 3\n\n');
    const [upstream] = api.streams;
    expect(upstream?.headers['last-event-id']).toBe('7');
    expect(upstream?.headers.authorization).toMatch(/^Bearer /);
    reader.abort();
    await vi.waitFor(() => expect(api.streams.size).toBe(0), { timeout: 5_000 });
  });
});
