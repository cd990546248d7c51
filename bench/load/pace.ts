import type { Connection } from './connection.ts';

/** Decides when which connection sends its next request. */
export interface Pace {
  /** Called for each connection at the beginning, and whenever its answer has arrived. */
  isFree(connection: Connection): void;
  /** Resolves when all requests are answered. */
  readonly finished: Promise<undefined>;
  /** No more requests; resolves `finished`. */
  stop(): void;
}

/** @param startedAt what the latency is measured from */
export type Send = (connection: Connection, startedAt: number) => void;

/** Each connection sends the next request as soon as it has the answer to the one before, until `endsAt`. */
export function closedLoop(send: Send, connections: number, endsAt: number): Pace {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let running = connections;
  return {
    isFree(connection) {
      const now = performance.now();
      if (now < endsAt) return send(connection, now);
      running -= 1;
      if (running === 0) resolve(undefined);
    },
    finished: promise,
    stop: () => resolve(undefined),
  };
}

/**
 * Requests are due at a steady rate, answered or not: a slow server does not get less to do. One that must wait for a
 * connection is measured from when it was due; one that could be sent at once from when it was, since a timer that is
 * late is not the server's fault.
 */
export function openLoop(
  send: Send,
  { perSecond, startedAt, endsAt }: { perSecond: number; startedAt: number; endsAt: number },
): Pace {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const total = Math.round(((endsAt - startedAt) * perSecond) / 1000);
  const idle: Connection[] = [];
  const waiting: number[] = [];
  let due = 0;
  let underWay = 0;
  let timer: NodeJS.Timeout | undefined;
  const begin = (connection: Connection, from: number): void => {
    underWay += 1;
    send(connection, from);
  };
  const tick = (): void => {
    const now = performance.now();
    for (; due < total; due += 1) {
      const at = startedAt + (due * 1000) / perSecond;
      if (at > now) break;
      // The one that has rested for the longest time: a server closes a connection that is never used.
      const connection = idle.shift();
      if (connection) begin(connection, now);
      else waiting.push(at);
    }
    if (due < total) timer = setTimeout(tick, startedAt + (due * 1000) / perSecond - now);
  };
  timer = setTimeout(tick, 0);
  return {
    isFree(connection) {
      underWay = Math.max(0, underWay - 1);
      const late = waiting.shift();
      if (late === undefined) idle.push(connection);
      else begin(connection, late);
      if (due === total && underWay === 0 && waiting.length === 0) resolve(undefined);
    },
    finished: promise,
    stop() {
      clearTimeout(timer);
      resolve(undefined);
    },
  };
}
