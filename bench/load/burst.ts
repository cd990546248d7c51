import { Connection } from './connection.ts';
import { inTurn } from './in-turn.ts';
import { Latencies, type LatencyCounts } from './latencies.ts';
import { closedLoop, openLoop, type Pace, type Send } from './pace.ts';

export interface LoadRequest {
  /** GET unless told. A request has no body. */
  method?: 'GET' | 'PUT' | 'DELETE';
  path: string;
  headers?: Record<string, string>;
}

export interface Burst {
  /** Origin of the server. */
  url: string;
  /** Sent in this order, again and again. */
  requests: readonly LoadRequest[];
  connections: number;
  seconds: number;
  /** Requests that are due in a second, whether the earlier ones are answered or not; absent: as many as are answered. */
  perSecond?: number;
  /**
   * Never sleeps between two answers. A server whose answer has to wake its client pays for the wake-up, tens of thousands
   * of times a second, and the more of them the slower it is; clients beyond a network cost it nothing. Not for
   * where other servers share the generator's core.
   */
  staysAwake?: boolean;
}

export interface BurstResult {
  /** Answers with status 200. */
  requests: number;
  /** Until the last answer. */
  seconds: number;
  latencies: LatencyCounts;
  /** What went wrong, in words, with how often; empty when every answer was a 200. */
  failures: Record<string, number>;
}

/** A server holds some hundreds of connections that it has not accepted yet; more than that would be dropped. */
const OPENED_AT_ONCE = 100;

/**
 * Sends requests for so many seconds and waits for all answers. Rejects when no connection can be made.
 * @param onOpen done when all connections are open, before the first request
 */
export async function runBurst(
  { url, requests, connections, seconds, perSecond, staysAwake = false }: Burst,
  onOpen?: () => Promise<unknown>,
): Promise<BurstResult> {
  const target = new URL(url);
  const latencies = new Latencies();
  const failures: Record<string, number> = {};
  const fail = (what: string): void => {
    failures[what] = (failures[what] ?? 0) + 1;
  };
  let lastAt = 0;
  let pace: Pace | undefined;
  const events = {
    onResponse(connection: Connection, status: number): void {
      lastAt = performance.now();
      if (status === 200) latencies.record(lastAt - connection.startedAt);
      else fail(`status ${status}`);
      pace?.isFree(connection);
    },
    onFailure(error: Error): void {
      fail(error.message);
      pace?.stop();
    },
  };
  const opened: Connection[] = [];
  try {
    while (opened.length < connections) {
      const count = Math.min(OPENED_AT_ONCE, connections - opened.length);
      opened.push(...(await Promise.all(Array.from({ length: count }, () => Connection.open(target, events)))));
    }
    const next = inTurn(requests.map((request) => bytesOf(target.host, request)));
    const send: Send = (connection, startedAt) => connection.send(next(), startedAt);
    await onOpen?.();
    const startedAt = performance.now();
    const endsAt = startedAt + seconds * 1000;
    pace =
      perSecond === undefined
        ? closedLoop(send, connections, endsAt)
        : openLoop(send, { perSecond, startedAt, endsAt });
    for (const connection of opened) pace.isFree(connection);
    if (staysAwake) stayAwakeUntil(pace.finished);
    await pace.finished;
    const took = (lastAt - startedAt) / 1000;
    return { requests: latencies.count, seconds: took, latencies: latencies.counts, failures };
  } finally {
    for (const connection of opened) connection.close();
  }
}

/** The event loop does not wait for sockets as long as something is to be done at once. */
function stayAwakeUntil(end: Promise<unknown>): void {
  let isOver = false;
  void end.then(() => (isOver = true));
  const turn = (): void => {
    if (!isOver) setImmediate(turn);
  };
  turn();
}

function bytesOf(host: string, { method = 'GET', path, headers = {} }: LoadRequest): Buffer {
  const length = method === 'GET' ? {} : { 'content-length': '0' };
  const lines = Object.entries({ host, ...length, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
}
