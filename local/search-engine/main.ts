import type { Log } from './engine/log.ts';
import { startSearchEngine } from './server.ts';

/** The search engine as a process of its own. */

const log: Log = (level, message, fields = {}) => {
  process.stdout.write(
    `${JSON.stringify({ level, time: new Date().toISOString(), service: 'search', msg: message, ...fields })}\n`,
  );
};

const { env } = process;
const engine = await startSearchEngine({
  dataDir: env.SEARCH_ENGINE_DATA_DIR ?? '.local/search-engine',
  host: env.SEARCH_ENGINE_HOST ?? '127.0.0.1',
  port: Number(env.SEARCH_ENGINE_PORT ?? 7700),
  masterKey: env.MEILI_MASTER_KEY ?? null,
  log,
});
log('info', 'listening', { url: engine.url });

let stopping = false;
const stop = (reason: string): void => {
  if (stopping) return;
  stopping = true;
  log('info', 'stopping', { reason });
  engine.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
process.on('message', (message) => {
  if (message === 'shutdown') stop('shutdown message');
});
engine.ended.catch((error: unknown) => {
  log('error', 'the engine ended', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  process.exit(1);
});
