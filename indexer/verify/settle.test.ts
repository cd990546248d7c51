import { expect, test } from 'vitest';
import type { Unversioned } from '../projections/draft-change.ts';
import type { Difference } from './inspector.ts';
import { settle, type SecondLook } from './settle.ts';

const document = (key: string, body: string): Unversioned => ({ key, body });

/** Postgres and a sink that takes over what Postgres has whenever it catches up. */
function world({ follows = true }: { follows?: boolean } = {}) {
  const postgres = new Map<string, string>();
  const sink = new Map<string, string>();
  let looks = 0;
  const look: SecondLook = {
    load: async (keys) => keys.map((key) => document(key, postgres.get(key) ?? '')),
    async catchUp() {
      looks += 1;
      if (follows) for (const [key, body] of postgres) sink.set(key, body);
    },
    compare: async (expected) =>
      expected.map((change): Difference | null =>
        'body' in change && sink.get(change.key) === change.body ? null : 'different',
      ),
  };
  return { postgres, sink, look, looks: () => looks };
}

test('what was merely in flight does not differ', async () => {
  const { postgres, sink, look } = world();
  postgres.set('a', '2');
  sink.set('a', '1');
  expect(await settle(['a'], look)).toEqual({ differing: [], unsettled: [] });
});

test('what the sink has passed and does not hold differs', async () => {
  const { postgres, look } = world({ follows: false });
  postgres.set('a', '2');
  expect(await settle(['a'], look)).toEqual({ differing: [{ key: 'a', difference: 'different' }], unsettled: [] });
});

test('what changes at every look is not judged', async () => {
  const { postgres, look, looks } = world();
  const catchUp = look.catchUp;
  look.catchUp = async () => {
    await catchUp();
    postgres.set('a', String(looks()));
  };
  const compare = look.compare;
  look.compare = (expected) => compare(expected.map((change) => ({ ...change, body: 'never this' })));
  expect(await settle(['a'], look)).toEqual({ differing: [], unsettled: ['a'] });
});

test('what changes once is judged by what it is then', async () => {
  const { postgres, sink, look, looks } = world({ follows: false });
  postgres.set('a', '2');
  const catchUp = look.catchUp;
  look.catchUp = async () => {
    await catchUp();
    if (looks() > 1) return;
    postgres.set('a', '3');
    sink.set('a', '3');
  };
  expect(await settle(['a'], look)).toEqual({ differing: [], unsettled: [] });
});

test('what changed and changed back during a look does not differ', async () => {
  const { postgres, sink, look, looks } = world();
  postgres.set('a', 'up');
  const catchUp = look.catchUp;
  look.catchUp = async () => {
    await catchUp();
    // The sink has followed the first change when it is compared, and not yet the one back.
    if (looks() === 1) sink.set('a', 'down');
  };
  expect(await settle(['a'], look)).toEqual({ differing: [], unsettled: [] });
});
