import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tapped, Trap, type Moment, type SetTrap } from './trap.ts';

export interface Proxy {
  /** `host:port`, the same after a stop. */
  address: string;
  /** Listens again. */
  start(): Promise<void>;
  /** Ends every connection and refuses new ones. */
  stop(): Promise<void>;
  /** Keeps every connection open and passes nothing on any more. */
  hang(): void;
  /** Catches the next message of a client that matches (its bytes as Latin-1), in the place of any earlier trap. */
  trap(matches: SetTrap['matches'], moment: Moment): Trap;
  /** Catches nothing any more; what is held stays held. */
  untrap(): void;
  /** Commands sent to a Redis behind it, by name, and bytes that it answered, since this was last asked. */
  takeTraffic(): { commands: string[]; answered: number };
  close(): Promise<void>;
}

/** Stands between a program and a server, to take that away and bring it back. */
export async function startProxy(target: string): Promise<Proxy> {
  const { hostname, port: targetPort } = new URL(target);
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;
  let hangs = false;
  let set: SetTrap | null = null;
  let commands: string[] = [];
  let answered = 0;

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
    client.on('data', (chunk: Buffer) => commands.push(...commandsIn(chunk)));
    upstream.on('data', (chunk: Buffer) => (answered += chunk.length));
    const { requests, answers } = tapped(() => set);
    client.pipe(requests).pipe(upstream).pipe(answers).pipe(client);
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
    trap(matches, moment) {
      const trap = new Trap(moment);
      set = { trap, matches };
      return trap;
    },
    untrap() {
      set = null;
    },
    takeTraffic() {
      const traffic = { commands, answered };
      [commands, answered] = [[], 0];
      return traffic;
    },
    close: stop,
  };
}

/** Names of the commands that begin in a piece of what a client sends to Redis. */
const commandsIn = (chunk: Buffer): string[] =>
  [...chunk.toString('latin1').matchAll(/\*\d+\r\n\$\d+\r\n([a-z]+)\r\n/gi)].map(([, name = '']) => name.toLowerCase());
