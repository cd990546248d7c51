/** Whether tests run in full (`npm run test:long`) or in a short form of the same (`npm test`). */
export const isLong = process.env.EDU_TEST_SCALE === 'long';

/** Every item in the long form; in the short one `count` of them, spread evenly. */
export function sampled<T>(items: readonly T[], count: number): T[] {
  if (isLong || items.length <= count) return [...items];
  const step = items.length / count;
  return Array.from({ length: count }, (_, index) => items[Math.floor(index * step)]).filter(
    (item) => item !== undefined,
  );
}
