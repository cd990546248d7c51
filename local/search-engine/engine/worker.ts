import { parentPort, workerData } from 'node:worker_threads';
import { handleRequest } from '../routes/handle.ts';
import { Engine } from './engine.ts';
import type { EngineThreadOptions, FromEngine, ToEngine } from './protocol.ts';

/** The thread that holds the indexes: searches and indexing happen here, the HTTP thread only moves bytes. */

if (parentPort === null) throw new Error('engine/worker.ts must be started as a worker thread');
const port = parentPort;
const post = (message: FromEngine): void => {
  port.postMessage(message);
};

const engine = await Engine.open({
  ...(workerData as EngineThreadOptions),
  log: (level, message, fields = {}) => {
    post({ kind: 'log', level, message, fields });
  },
});

port.on('message', (message: ToEngine) => {
  if (message.kind === 'close') {
    void engine.close().finally(() => {
      port.close();
    });
    return;
  }
  const { id, request } = message;
  void handleRequest(engine, request).then((response) => {
    post({ kind: 'response', id, response });
  });
});
post({ kind: 'ready' });
