import { assignPorts } from './assign-ports.ts';
import type { StackConfig } from './config.ts';
import { createPart } from './part.ts';
import { definePostgres } from './parts/postgres.ts';
import { createProcessList } from './process-list.ts';
import { loadSecrets } from './secrets.ts';
import { databaseUrl } from './stack.ts';

/** Runs `work` on the stack's own Postgres while nothing else of the stack runs; it gets the address of a database there. */
export async function withPostgresAlone<T>(
  config: StackConfig,
  say: (line: string) => void,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const secrets = await loadSecrets(config.stateDirectory);
  const ports = await assignPorts(config.ports, ['postgres']);
  const events = { processes: createProcessList(config.stateDirectory), onProcess: () => undefined, say };
  const part = createPart(await definePostgres({ config, ports, secrets }), events);
  try {
    await part.start();
    return await work(databaseUrl(secrets, ports.postgres, config.database));
  } finally {
    await part.stop();
  }
}
