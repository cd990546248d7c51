import { expect, test } from 'vitest';
import { isolate, MAX_REFUSALS, RefusesAllError } from './refusals.ts';

const reasonOf = (error: unknown) => (error instanceof RangeError ? error.message : null);

/** A sink that takes all or nothing, and nothing where a poison is in it. */
const sinkOf = (poisons: ReadonlySet<number>) => {
  const held: number[] = [];
  let calls = 0;
  const write = async (items: readonly number[]): Promise<void> => {
    calls += 1;
    if (items.some((item) => poisons.has(item))) throw new RangeError('poison');
    held.push(...items);
  };
  return { write, held, calls: () => calls };
};
const items = Array.from({ length: 5000 }, (_, index) => index);

test('one poison among 5,000 is found in a few writes, and all others are written once', async () => {
  const sink = sinkOf(new Set([4321]));
  expect(await isolate(items, sink.write, reasonOf)).toEqual([{ item: 4321, reason: 'poison' }]);
  expect(sink.held.toSorted((a, b) => a - b)).toEqual(items.filter((item) => item !== 4321));
  expect(sink.calls()).toBeLessThan(30);
});

test('several are found, also side by side', async () => {
  const sink = sinkOf(new Set([0, 1, 4999]));
  const refused = await isolate(items, sink.write, reasonOf);
  expect(refused.map(({ item }) => item)).toEqual([0, 1, 4999]);
  expect(sink.held).toHaveLength(4997);
});

test('a failure that is not the documents’ fault stops it', async () => {
  const write = async (): Promise<void> => {
    throw new Error('disk full');
  };
  await expect(isolate(items, write, reasonOf)).rejects.toThrow('disk full');
});

test('a sink that refuses everything is not believed', async () => {
  const many = new Set(items.slice(0, MAX_REFUSALS + 1));
  await expect(isolate(items, sinkOf(many).write, reasonOf)).rejects.toThrow(RefusesAllError);
});

test('the failure of the first attempt is not met again', async () => {
  const sink = sinkOf(new Set([7]));
  await isolate([7], sink.write, reasonOf, new RangeError('poison'));
  expect(sink.calls()).toBe(0);
});
