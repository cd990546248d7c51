import { afterAll, beforeAll, expect, it } from 'vitest';
import { outcomeOf } from '@eduplatform/local/testing/authorization/actors';
import { describeMatrix, routesOf } from '@eduplatform/local/testing/authorization/matrix';
import { testRedis, testSearch } from '@eduplatform/local/testing/context';
import { as, startApi, type TestApi } from '../support/api.ts';
import { RedisWriter } from '../support/redis-writer.ts';
import { SearchWriter } from '../support/search-writer.ts';
import { EXPECTATIONS, STREAM, type Expectation } from './expectations.ts';
import type { Holder, Secret } from './holder.ts';
import { createWorld, publishWorld } from './world.ts';

const { url, prefix } = testRedis();
const redis = new RedisWriter(url, prefix);
const search = new SearchWriter(testSearch());
const world = createWorld();
let api: TestApi;

beforeAll(async () => {
  await publishWorld(world, redis, search);
  const { apiKey, indexPrefix } = search;
  api = await startApi({
    ...{ redisUrl: url, prefix, search: { url: search.url, apiKey, indexPrefix, timeoutMs: 15_000 } },
    rateLimits: { read: 1e9, search: 1e9, position: 1e9, stream: 1e9 },
  });
});
afterAll(async () => {
  await api.close();
  await search.close();
  await redis.close();
});

interface Seen {
  status: number;
  /** With the headers: nothing private belongs there either. */
  text: string;
}

async function get(path: string, headers: Record<string, string>): Promise<Seen> {
  const answer = await api.app.inject({ url: path, headers });
  return { status: answer.statusCode, text: JSON.stringify(answer.headers) + answer.body };
}

/** What a reader is told who comes back after having seen nothing, up to how many are unread. */
async function follow(url: string, headers: Record<string, string>): Promise<Seen> {
  const withLast = { ...headers, 'last-event-id': 'none' };
  const answer = await api.app.inject({ url, headers: withLast, payloadAsStream: true });
  let text = '';
  for await (const chunk of answer.stream()) {
    text += String(chunk);
    if (text.includes('event: unread')) break;
  }
  return { status: answer.statusCode, text };
}

describeMatrix<Expectation, Holder>({
  expectations: EXPECTATIONS,
  personOf: (actor) => (actor && world.people[actor]) ?? world.stranger,
  async ask({ actor, expectation, holder }) {
    const person = world.people[actor];
    const path = expectation.url(holder);
    const send = path === STREAM ? follow : get;
    const { status, text } = await send(path, person ? as(person.id, person.role) : {});
    const maySee = (secret: Secret): boolean => person !== null && secret.readers.has(person.id);
    expect(world.secrets.filter((secret) => !maySee(secret) && text.includes(secret.text))).toEqual([]);
    // What may be seen is there: otherwise nothing would leak only because there is nothing.
    const due = holder.secrets.filter((secret) => expectation.shows?.includes(secret.kind) && maySee(secret));
    for (const secret of status === 200 ? due : []) expect(text).toContain(secret.text);
    return outcomeOf(status);
  },
});

it('has an expectation for every route, and none for a route that is gone', () => {
  expect(Object.keys(EXPECTATIONS).sort()).toEqual(routesOf(api.app.routeTable));
});
