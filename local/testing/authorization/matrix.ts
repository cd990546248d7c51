import { describe, expect, it } from 'vitest';
import type { Route } from '@eduplatform/http-kit/route-table';
import { ACTORS, type Actor, type Outcome, type Outcomes } from './actors.ts';

/** What a route answers to whom: of one that is about no object, or about one of the actor's own or of somebody else's. */
export type Expected = { any: Outcomes } | { own: Outcomes; foreign: Outcomes };

export interface Question<E extends Expected, Holder> {
  method: string;
  actor: Actor;
  expectation: E;
  /** Whose object it is about; of a route without an object the actor, where there is one. */
  holder: Holder;
}

export interface Matrix<E extends Expected, Holder> {
  /** By method and path, as in the route table. */
  expectations: Record<string, E>;
  /** The person behind an actor; null: somebody else, who has what is foreign to all of them. */
  personOf: (actor: Actor | null) => Holder;
  ask: (question: Question<E, Holder>) => Promise<Outcome>;
}

/** Tests for every route × actor × own and foreign objects. */
export function describeMatrix<E extends Expected, Holder>({ expectations, personOf, ask }: Matrix<E, Holder>): void {
  describe.each(Object.entries(expectations))('%s', (route, expectation) => {
    const [method = ''] = route.split(' ', 1);
    const outcome = (actor: Actor, holder: Holder): Promise<Outcome> => ask({ method, actor, expectation, holder });
    if ('any' in expectation) {
      it.each(ACTORS)('answers %s as it should', async (actor) => {
        expect(await outcome(actor, personOf(actor === 'anonymous' ? null : actor))).toBe(expectation.any[actor]);
      });
      return;
    }
    it.each(ACTORS)('answers %s as it should about what is foreign', async (actor) => {
      expect(await outcome(actor, personOf(null))).toBe(expectation.foreign[actor]);
    });
    const members = ACTORS.filter((actor) => actor !== 'anonymous');
    it.each(members)('answers %s as it should about their own', async (actor) => {
      expect(await outcome(actor, personOf(actor))).toBe(expectation.own[actor]);
    });
  });
}

/** The routes that the matrix must have, no more and no less. */
export const routesOf = (table: readonly Route[]): string[] =>
  table
    .filter(({ isHidden, url }) => !isHidden && !/^\/docs\b/.test(url))
    .map(({ method, url }) => `${method} ${url}`)
    .sort();
