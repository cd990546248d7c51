import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '@eduplatform/local/platform/wait';
import { ensureBuilt, startStorefront, type Storefront } from './built-storefront.ts';
import { startFixtureApi, type FixtureApi } from './fixtures/server.ts';

let api: FixtureApi;
let web: Storefront;

beforeAll(async () => {
  await ensureBuilt();
  api = await startFixtureApi();
  web = await startStorefront(api.url, { WEB_CONCURRENCY: '2' });
  await eventually(async () => (await metric('http_server_workers')) === 2, { timeoutMs: 30_000 });
}, 180_000);

afterAll(async () => {
  await web?.stop();
  await api?.close();
});

async function metric(pattern: string): Promise<number> {
  const text = await (await fetch(web.metricsUrl)).text();
  return Number(new RegExp(`^${pattern} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
}

/** Each on a connection of its own, so that both workers get some; answers status and refresh token. */
async function page(path: string, cookie: string): Promise<[number | undefined, string | undefined]> {
  const options = { headers: { accept: 'text/html', cookie }, agent: false };
  const [response] = (await once(get(web.url + path, options), 'response')) as [IncomingMessage];
  await response.resume().toArray();
  const cookies = response.headers['set-cookie']?.join('; ') ?? '';
  return [response.statusCode, /edu_refresh=([^;]*)/.exec(cookies)?.[1]];
}

it('exchanges a refresh token once for both workers, while it is under way and afterwards, and counts the pages of both', async () => {
  const pages = () => Promise.all(Array.from({ length: 8 }, () => page('/courses', 'edu_refresh=old')));
  const answers = [...(await pages()), ...(await pages())];
  expect(api.exchanged).toEqual(['old']);
  expect(new Set(answers.map(([status]) => status))).toEqual(new Set([200]));
  expect(new Set(answers.map(([, token]) => token)).size).toBe(1);
  expect(answers[0]?.[1]).toMatch(/^refresh-/);
  const counted = 'http_server_request_duration_seconds_count\\{method="GET",route="/courses",status="200"\\}';
  expect(await metric(counted)).toBe(16);
});
