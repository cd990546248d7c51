import type { ServerResponse } from 'node:http';

/** Event streams have no end of their own: the one who shuts down has to end them, or would wait for their readers. */
export function trackStreams(): { watch(response: ServerResponse): void; end(): void } {
  const open = new Set<ServerResponse>();
  return {
    watch(response) {
      open.add(response);
      response.once('close', () => open.delete(response));
    },
    end() {
      for (const response of open) {
        if (String(response.getHeader('content-type')).startsWith('text/event-stream')) response.destroy();
      }
    },
  };
}
