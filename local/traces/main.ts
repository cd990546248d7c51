import { openSpanStore } from './store.ts';
import { createTraceServer } from './server.ts';

// A part of the local stack: keeps the last spans where no collector is configured; `npm run trace -- ID` shows them.
const log = (line: string) => void process.stdout.write(`${new Date().toISOString()} ${line}\n`);
const server = createTraceServer(openSpanStore(process.env.TRACES_DIRECTORY ?? '.local/traces'), log);
server.listen(Number(process.env.TRACES_PORT), '127.0.0.1', () => log('listening'));

function shutDown(): void {
  server.close(() => process.exit(0));
  server.closeAllConnections();
}

process.once('SIGTERM', shutDown);
process.once('SIGINT', shutDown);
process.on('message', (message) => {
  if (message === 'shutdown') shutDown();
});
