import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { createTraceServer } from '../traces/server.ts';
import type { Span } from '../traces/span.ts';

/** Receives the spans of processes; stopped when the test ends. */
export async function startSpanReceiver(): Promise<{ url: string; spans: Span[] }> {
  const spans: Span[] = [];
  const server = createTraceServer({ add: async (added) => void spans.push(...added) }, () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, spans };
}
