import { createServer, type RequestListener, type Server } from 'node:http';

export interface Timeouts {
  /** Milliseconds that a request may take to arrive. */
  requestTimeout: number;
  /** Milliseconds that a connection may be silent. */
  connectionTimeout: number;
  /** Milliseconds that a connection is kept for another request. */
  keepAliveTimeout: number;
}

/** The server that Fastify makes unless it is given one; one that it is given has to be set up by whoever gives it. */
export function httpServer(
  { requestTimeout, connectionTimeout, keepAliveTimeout }: Timeouts,
  listener: RequestListener,
): Server {
  const server = createServer({ requestTimeout, keepAliveTimeout }, listener);
  server.setTimeout(connectionTimeout);
  return server;
}
