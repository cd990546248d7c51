import { test } from 'vitest';
import { WakeUp } from './wake-up.ts';

const NEVER = 60_000;

test('a ring ends every wait', async () => {
  const wakeUp = new WakeUp();
  const { signal } = new AbortController();
  const waits = [wakeUp.wait(0, NEVER, signal), wakeUp.wait(0, NEVER, signal)];
  wakeUp.ring();
  await Promise.all(waits);
});

test('a ring between the look and the wait is not lost', async () => {
  const wakeUp = new WakeUp();
  const seen = wakeUp.calls;
  wakeUp.ring();
  await wakeUp.wait(seen, NEVER, new AbortController().signal);
});

test('without a ring the wait ends when its time is up', async () => {
  await new WakeUp().wait(0, 1, new AbortController().signal);
});

test('an abort ends the wait', async () => {
  const stopping = new AbortController();
  const wait = new WakeUp().wait(0, NEVER, stopping.signal);
  stopping.abort();
  await wait;
});
