import { flushTraces } from '@eduplatform/observability/flush';
import { createLogger, type Logger } from '@eduplatform/observability/logger';

export interface RunningService {
  /** Stop being ready; requests are still answered. */
  drain?(): void;
  /** Release everything, in the reverse order of how it was acquired. */
  stop(): Promise<void>;
}

/** Starts a service. `fail` is for what goes wrong later and leaves it useless: it stops the process with code 1. */
export type StartService = (logger: Logger, fail: (error: Error) => void) => Promise<RunningService>;

/** What a stop may take before the process ends anyway. */
const STOP_TIMEOUT_MS = 10_000;

/**
 * Owns the process of a service: starts it, and stops it once on SIGTERM, SIGINT or the IPC message "shutdown"
 * (Windows has no signals to send). An error that nobody handled ends the process with code 1, never silently.
 */
export async function runService(name: string, start: StartService): Promise<void> {
  const logger = createLogger(name);
  let running: RunningService | undefined;
  let stopping = false;

  const stop = async (reason: string, exitCode: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    logger.info({ reason }, 'stopping');
    setTimeout(() => {
      logger.error({ timeoutMs: STOP_TIMEOUT_MS }, 'stopping took too long');
      process.exit(1);
    }, STOP_TIMEOUT_MS).unref();
    try {
      running?.drain?.();
      await running?.stop();
      await flushTraces();
    } catch (error) {
      logger.error({ err: error }, 'stopping failed');
      exitCode = 1;
    }
    process.exit(exitCode);
  };
  const fail = (error: Error): void => {
    logger.fatal({ err: error }, error.message);
    void stop('failed', 1);
  };

  process.once('SIGTERM', () => void stop('SIGTERM', 0));
  process.once('SIGINT', () => void stop('SIGINT', 0));
  process.on('message', (message) => {
    if (message === 'shutdown') void stop('message', 0);
  });
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      logger.fatal({ err: error }, event);
      void stop(event, 1);
    });
  }

  try {
    running = await start(logger, fail);
    logger.info('started');
  } catch (error) {
    logger.fatal({ err: error }, (error as Error).message);
    await stop('start failed', 1);
  }
}
