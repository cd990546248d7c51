import type { Server } from 'node:http';
import { startEngineThread } from './engine/engine-thread.ts';
import type { Log } from './engine/log.ts';
import { createHttpServer } from './http/http-server.ts';
import { MAX_DOCUMENTS } from './limits.ts';

export interface SearchEngineOptions {
  /** Folder for documents, settings, keys and tasks; made when it is missing. */
  dataDir: string;
  host: string;
  /** 0: any free port. */
  port: number;
  /** null: everything but the key routes is open. */
  masterKey: string | null;
  /** Documents per index at most (20,000). */
  maxDocuments?: number;
  /** Bytes of a request body at most, after decompression (100 MiB). */
  maxBodyBytes?: number;
  /** Requests answered at the same time at most (256). */
  maxConcurrentRequests?: number;
  /** A snapshot replaces the journal when that has grown by this much (16 MiB), or by the size of the last one. */
  snapshotEveryBytes?: number;
  log?: Log;
}

export interface SearchEngine {
  url: string;
  /** Finishes the task at hand, writes everything down and frees the port. */
  close(): Promise<void>;
  /** Settles when the engine has ended; rejects when it crashed. */
  ended: Promise<void>;
}

const MIB = 1024 * 1024;
const DEFAULTS = {
  maxDocuments: MAX_DOCUMENTS,
  maxBodyBytes: 100 * MIB,
  maxConcurrentRequests: 256,
  snapshotEveryBytes: 16 * MIB,
};

const listen = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

/** Starts the embedded search engine; resolves when it answers. */
export async function startSearchEngine(options: SearchEngineOptions): Promise<SearchEngine> {
  const { dataDir, host, port, masterKey, log = () => undefined } = options;
  const { maxDocuments, maxBodyBytes, maxConcurrentRequests, snapshotEveryBytes } = { ...DEFAULTS, ...options };
  const engine = await startEngineThread({ dataDir, masterKey, maxDocuments, snapshotEveryBytes }, log);
  const limits = { bodyBytes: maxBodyBytes, concurrentRequests: maxConcurrentRequests };
  const server = createHttpServer(engine, limits, log);
  let actualPort: number;
  try {
    actualPort = await listen(server, port, host);
  } catch (error) {
    await engine.close();
    throw error;
  }
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
    });
    server.closeIdleConnections();
    await engine.close();
    server.closeAllConnections();
    await closed;
  };
  let closing: Promise<void> | undefined;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`,
    close: () => (closing ??= close()),
    ended: engine.ended,
  };
}
