import type { Person } from '../harness.ts';
import type { Outcomes } from '@eduplatform/local/testing/authorization/actors';
import type { Attempt, World } from './world.ts';

/** A route that is about no object: the same for all, or about the sender alone. */
export interface PlainExpectation {
  attempt: (world: World) => Attempt | Promise<Attempt>;
  any: Outcomes;
}

/** A route that is about an object, of the actor's own or of somebody else's. */
export interface ObjectExpectation {
  /** Makes an object of the holder's, and the request that is about it. */
  attempt: (world: World, holder: Person) => Promise<Attempt>;
  own: Outcomes;
  foreign: Outcomes;
}

export type Expectation = PlainExpectation | ObjectExpectation;
export type Expectations = Record<string, Expectation>;
