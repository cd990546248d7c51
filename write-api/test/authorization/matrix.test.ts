import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHarness, type Harness, type Person } from '../harness.ts';
import { accountExpectations } from './account-expectations.ts';
import { ACTORS, type Actor, type Outcome } from './actors.ts';
import { adminExpectations } from './admin-expectations.ts';
import { courseExpectations } from './course-expectations.ts';
import type { Expectation, Expectations } from './expectation.ts';
import { learningExpectations } from './learning-expectations.ts';
import { paymentExpectations } from './payment-expectations.ts';
import { createWorld, type World } from './world.ts';

const EXPECTATIONS: Expectations = {
  ...accountExpectations,
  ...courseExpectations,
  ...adminExpectations,
  ...learningExpectations,
  ...paymentExpectations,
};

let harness: Harness;
let world: World;
beforeAll(async () => {
  harness = await startHarness('demo', { rateLimits: { auth: 1e9 } });
  world = await createWorld(harness);
});
afterAll(() => harness.stop());

const outcomeOf = (status: number): Outcome => (status < 300 ? 'ok' : status);

/** What the route answers to an actor about an object of the holder's. */
async function attempt(route: string, actor: Actor, expectation: Expectation, holder: Person): Promise<Outcome> {
  const { url, ...options } = await expectation.attempt(world, holder);
  const as = world.people[actor];
  const answer = await harness.send(route.split(' ', 1)[0] ?? '', url, { ...options, ...(as && { as }) });
  return outcomeOf(answer.status);
}

describe.each(Object.entries(EXPECTATIONS))('%s', (route, expectation) => {
  if ('any' in expectation) {
    it.each(ACTORS)('answers %s as it should', async (actor) => {
      expect(await attempt(route, actor, expectation, world.stranger)).toBe(expectation.any[actor]);
    });
    return;
  }
  it.each(ACTORS)('answers %s as it should about what is foreign', async (actor) => {
    expect(await attempt(route, actor, expectation, world.stranger)).toBe(expectation.foreign[actor]);
  });
  it.each(ACTORS.filter((actor) => actor !== 'anonymous'))('answers %s as it should about their own', async (actor) => {
    const holder = world.people[actor] ?? world.stranger;
    expect(await attempt(route, actor, expectation, holder)).toBe(expectation.own[actor]);
  });
});

it('has an expectation for every route, and none for a route that is gone', () => {
  const routes = harness.app.routeTable.filter(({ isHidden, url }) => !isHidden && !/^\/docs\b/.test(url));
  expect(Object.keys(EXPECTATIONS).sort()).toEqual(routes.map(({ method, url }) => `${method} ${url}`).sort());
});
