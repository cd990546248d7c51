import process from 'node:process';
import type { Logger } from '@eduplatform/observability/logger';

const GRACE_MS = 8_000;

/**
 * Stops once, on SIGTERM, SIGINT or the parent's message "shutdown" (Windows has no SIGTERM).
 * `stop` ends when every request is answered; `cut` is called when that takes longer than the grace period.
 */
export function onShutdown(logger: Logger, stop: () => Promise<void>, cut: () => void): void {
  let isStopping = false;

  async function shutdown(reason: string): Promise<void> {
    if (isStopping) return;
    isStopping = true;
    logger.info({ reason }, 'shutting down');
    const cutting = setTimeout(cut, GRACE_MS);
    try {
      await stop();
      process.exitCode = 0;
    } catch (error) {
      logger.error({ err: error }, 'shutdown failed');
      process.exitCode = 1;
    }
    clearTimeout(cutting);
    // An open channel to the parent would keep the process alive.
    if (process.connected) process.disconnect?.();
    process.exit();
  }

  process.on('SIGTERM', () => void shutdown('SIGTERM'));
  process.on('SIGINT', () => void shutdown('SIGINT'));
  process.on('message', (message) => {
    if (message === 'shutdown') void shutdown('message');
  });
}
