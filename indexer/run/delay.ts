import { setTimeout as timeout } from 'node:timers/promises';

/** Waits, or less when aborted. Never rejects. */
export async function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await timeout(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
