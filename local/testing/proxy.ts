import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export interface Proxy {
  /** `host:port`, the same after a stop. */
  address: string;
  /** Listens again. */
  start(): Promise<void>;
  /** Ends every connection and refuses new ones. */
  stop(): Promise<void>;
  /** Keeps every connection open and passes nothing on any more. */
  hang(): void;
  close(): Promise<void>;
}

/** Stands between a program and a server, to take that away and bring it back. */
export async function startProxy(target: string): Promise<Proxy> {
  const { hostname, port: targetPort } = new URL(target);
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;
  let hangs = false;

  const track = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    return socket;
  };
  const forward = (client: Socket): void => {
    track(client);
    if (hangs) return;
    const upstream = track(connect(Number(targetPort), hostname));
    client.pipe(upstream).pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  };
  const start = async (): Promise<void> => {
    hangs = false;
    server = createServer(forward).listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  };
  const stop = async (): Promise<void> => {
    const stopping = server;
    server = undefined;
    for (const socket of sockets) socket.destroy();
    if (!stopping) return;
    stopping.close();
    await once(stopping, 'close');
  };

  await start();
  return {
    get address() {
      return `127.0.0.1:${port}`;
    },
    start,
    stop,
    hang() {
      hangs = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    close: stop,
  };
}
