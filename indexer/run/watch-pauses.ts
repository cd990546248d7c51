import type { Logger } from '@eduplatform/observability/logger';
import type { Queryable } from '@eduplatform/db/transaction';
import { delay } from './delay.ts';
import type { PauseSwitch } from './pause-switch.ts';

/** NOTIFY is not heard for it: under load it rings all the time. */
const INTERVAL_MS = 500;
const PAUSED = 'select sink from indexer_sinks where is_paused';

export interface PausableSink {
  name: string;
  pause: PauseSwitch;
}

/** Sets each sink's switch to what operators want. */
export async function readPauses(db: Queryable, sinks: readonly PausableSink[]): Promise<void> {
  const { rows } = await db.query<{ sink: string }>(PAUSED);
  const paused = new Set(rows.map(({ sink }) => sink));
  for (const { name, pause } of sinks) pause.set(paused.has(name));
}

/** Looks again and again until aborted. While Postgres is away, all stays as it was. */
export async function watchPauses(
  db: Queryable,
  sinks: readonly PausableSink[],
  { logger, signal }: { logger: Logger; signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    try {
      await readPauses(db, sinks);
    } catch (error) {
      logger.warn({ err: error }, 'what is paused could not be read');
    }
    await delay(INTERVAL_MS, signal);
  }
}
