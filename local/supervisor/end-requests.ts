/** Calls `end` when this process is asked to end: by a signal, by the message "shutdown", or because its starter is gone. */
export function onEndRequest(end: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  process.on('message', (message) => {
    if (message === 'shutdown') end();
  });
  process.on('disconnect', end);
}
