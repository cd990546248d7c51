import { expect, test } from 'vitest';
import { eventually } from './wait.ts';

test('eventually returns the first answer that is neither false nor undefined', async () => {
  const answers = [undefined, false, 'there'] as const;
  let calls = 0;
  await expect(eventually(() => answers[calls++], { intervalMs: 1 })).resolves.toBe('there');
  expect(calls).toBe(3);
});

test('eventually tells the last failure when the time is up', async () => {
  const attempt = () => {
    throw new Error('connection refused');
  };
  await expect(eventually(attempt, { timeoutMs: 5, intervalMs: 1 })).rejects.toThrow(/within 5 ms.*connection refused/);
});

test('eventually ends with the reason of an abort', async () => {
  const signal = AbortSignal.abort(new Error('stopping'));
  await expect(eventually(() => false, { signal })).rejects.toThrow('stopping');
});
