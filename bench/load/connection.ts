import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { ResponseReader } from './response-reader.ts';

export interface ConnectionEvents {
  onResponse: (connection: Connection, status: number) => void;
  onFailure: (error: Error) => void;
}

const BUFFER_BYTES = 64 * 1024;

/** A keep-alive connection with at most one request on its way. */
export class Connection {
  /** When the request on its way was sent or, if later than it was due, when it was due. */
  startedAt = 0;
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static async open(url: URL, { onResponse, onFailure }: ConnectionEvents): Promise<Connection> {
    // What arrives is read in place: making a buffer for each answer would cost more than reading it.
    const onread = {
      buffer: Buffer.allocUnsafe(BUFFER_BYTES),
      callback: (length: number, buffer: Uint8Array): boolean => {
        try {
          reader.read(Buffer.from(buffer.buffer, buffer.byteOffset, length));
        } catch (error) {
          socket.destroy(error as Error);
        }
        return true;
      },
    };
    const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true, onread });
    const connection = new Connection(socket);
    const reader = new ResponseReader((status) => onResponse(connection, status));
    await once(socket, 'connect');
    socket.on('error', onFailure);
    socket.on('end', () => onFailure(new Error(`${url.host} closed a connection`)));
    return connection;
  }

  send(request: Buffer, startedAt: number): void {
    this.startedAt = startedAt;
    this.#socket.write(request);
  }

  close(): void {
    this.#socket.removeAllListeners('end');
    this.#socket.destroy();
  }
}
