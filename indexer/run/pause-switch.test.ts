import { expect, test } from 'vitest';
import { PauseSwitch } from './pause-switch.ts';

const never = new AbortController().signal;

test('a pause ends what runs, and what begins after it is resumed runs on', () => {
  const pause = new PauseSwitch();
  const before = pause.running;
  pause.set(true);
  expect([before.aborted, pause.isPaused]).toEqual([true, true]);
  pause.set(false);
  expect([pause.running.aborted, pause.isPaused]).toEqual([false, false]);
});

test('whoever waits for it is woken when it is resumed', async () => {
  const pause = new PauseSwitch();
  pause.set(true);
  const resumed = pause.whenResumed(never);
  pause.set(false);
  await resumed;
  expect(pause.isPaused).toBe(false);
});

test('whoever waits for it is woken when the process ends', async () => {
  const pause = new PauseSwitch();
  const ending = new AbortController();
  pause.set(true);
  const resumed = pause.whenResumed(ending.signal);
  ending.abort();
  await resumed;
  expect(pause.isPaused).toBe(true);
});

test('to pause what is paused changes nothing', () => {
  const pause = new PauseSwitch();
  const { running } = pause;
  pause.set(false);
  expect(running.aborted).toBe(false);
});
