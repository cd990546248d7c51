import type { Logger } from '@eduplatform/observability/logger';
import { delay } from '../run/delay.ts';
import { metrics } from '../run/metrics.ts';
import type { DeadLetters } from './dead-letters.ts';
import { replayRequested, type ReplayOptions } from './replay.ts';

const INTERVAL_MS = 1000;

export interface AttendOptions extends Omit<ReplayOptions, 'letters'> {
  letters: DeadLetters;
  name: string;
  logger: Logger;
  signal: AbortSignal;
}

/**
 * Looks every second what operators did with dead letters, until aborted: those discarded are not shown as old any
 * more, those to be replayed are tried again. Rejects when the sink fails, as the stream does.
 */
export async function attendDeadLetters({ name, logger, signal, ...options }: AttendOptions): Promise<void> {
  const { letters, sink } = options;
  let told = -1;
  while (!signal.aborted) {
    try {
      const discarded = await letters.sync();
      if (discarded.length > 0) await sink.mark(discarded, false);
      const replayed = await replayRequested(options);
      if (replayed > 0) logger.info({ sink: name, replayed, left: letters.keys.size }, 'dead letters were tried again');
    } catch (error) {
      if (signal.aborted) return;
      logger.warn({ err: error, sink: name }, 'dead letters could not be looked after');
    }
    if (letters.keys.size !== told) {
      told = letters.keys.size;
      metrics.deadLetters.set({ sink: name }, told);
    }
    await delay(INTERVAL_MS, signal);
  }
}
