import { Worker } from 'node:worker_threads';
import type { Log } from './log.ts';
import type { EngineRequest, EngineResponse, EngineThreadOptions, FromEngine, ToEngine } from './protocol.ts';

/** The HTTP thread's end of the engine. */
export interface EngineThread {
  request(request: EngineRequest): Promise<EngineResponse>;
  close(): Promise<void>;
  /** Settles when the thread has ended; rejects when it crashed. */
  ended: Promise<void>;
}

interface Waiting {
  resolve(response: EngineResponse): void;
  reject(error: Error): void;
}

/** Starts the thread and waits until the data is loaded. */
export async function startEngineThread(options: EngineThreadOptions, log: Log): Promise<EngineThread> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: options });
  const waiting = new Map<number, Waiting>();
  let next = 0;
  const post = (message: ToEngine, transfer: ArrayBuffer[] = []): void => {
    worker.postMessage(message, transfer);
  };
  const ended = new Promise<void>((resolve, reject) => {
    const end = (error: Error | undefined): void => {
      for (const { reject: fail } of waiting.values()) fail(error ?? new Error('the search engine has been closed'));
      waiting.clear();
      if (error === undefined) resolve();
      else reject(error);
    };
    worker.once('error', (error: unknown) => {
      end(error instanceof Error ? error : new Error(String(error)));
    });
    worker.once('exit', (code) => {
      end(code === 0 ? undefined : new Error(`the search engine's thread ended with code ${code}`));
    });
  });
  const ready = new Promise<void>((resolve) => {
    worker.on('message', (message: FromEngine) => {
      if (message.kind === 'ready') resolve();
      else if (message.kind === 'log') log(message.level, message.message, message.fields);
      else {
        waiting.get(message.id)?.resolve(message.response);
        waiting.delete(message.id);
      }
    });
  });
  await Promise.race([ready, ended]);
  return {
    request: (request) =>
      new Promise((resolve, reject) => {
        const id = next++;
        waiting.set(id, { resolve, reject });
        post({ kind: 'request', id, request }, [request.body.buffer]);
      }),
    close: async () => {
      post({ kind: 'close' });
      await ended;
    },
    ended,
  };
}
