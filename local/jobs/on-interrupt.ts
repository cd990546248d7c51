/** Aborted by Ctrl-C, by SIGTERM, or by the message "shutdown" where there are no signals. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  process.once('SIGINT', abort);
  process.once('SIGTERM', abort);
  process.on('message', (message) => {
    if (message === 'shutdown') abort();
  });
  // Nobody waits for messages when the work is done.
  process.channel?.unref();
  return controller.signal;
}
