import { afterAll, beforeAll, expect, it } from 'vitest';
import { outcomeOf } from '@eduplatform/local/testing/authorization/actors';
import { describeMatrix, routesOf } from '@eduplatform/local/testing/authorization/matrix';
import { startHarness, type Harness, type Person } from '../harness.ts';
import { accountExpectations } from './account-expectations.ts';
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

describeMatrix<Expectation, Person>({
  expectations: EXPECTATIONS,
  personOf: (actor) => (actor && world.people[actor]) ?? world.stranger,
  async ask({ method, actor, expectation, holder }) {
    await world.restoreRoles();
    const { url, ...options } = await expectation.attempt(world, holder);
    const as = world.people[actor];
    return outcomeOf((await harness.send(method, url, { ...options, ...(as && { as }) })).status);
  },
});

it('has an expectation for every route, and none for a route that is gone', () => {
  expect(Object.keys(EXPECTATIONS).sort()).toEqual(routesOf(harness.app.routeTable));
});
