import { join } from 'node:path';
import { repositoryRoot } from '@eduplatform/local/platform/paths';
import { freePort } from '@eduplatform/local/platform/ports';
import { describeBroken } from '@eduplatform/local/scales/describe-broken';
import { seedScale } from '@eduplatform/seed/scale';
import type { Scale, Sizes } from '@eduplatform/seed/scale/sizes';
import { serve } from '../freshness/servers.ts';
import { moveTo } from '../pinning.ts';
import { openStack, type Stack } from '../stack.ts';
import type { Arena } from './contenders.ts';

/**
 * A Postgres as one would set it up on a machine of its own: the baselines get what they need, and the product's own
 * write path the same.
 */
const POSTGRES_SETTINGS = {
  max_connections: '300',
  shared_buffers: '1GB',
  effective_cache_size: '3GB',
  work_mem: '32MB',
  random_page_cost: '1.1',
};

/**
 * Starts the product without its storefront, filled and indexed, beside the core of the server that is measured.
 * @param sizes instead of those of the scale
 */
export async function startArena(say: (line: string) => void, scale: Scale, sizes?: Sizes): Promise<Arena> {
  const stack = await openStack();
  try {
    say(`Loading the data of the scale ${scale} and building the read models.`);
    const servers = await serve(stack, (databaseUrl) => fill(databaseUrl, scale, sizes), POSTGRES_SETTINGS);
    const tracesUrl = await startTraces(stack);
    await moveTo('others', [...stack.pids.values()]);
    return { stack, servers, tracesUrl };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

async function fill(databaseUrl: string, scale: Scale, sizes: Sizes | undefined): Promise<void> {
  const { broken } = await seedScale(databaseUrl, { scale, ...(sizes && { sizes }) });
  if (broken.length > 0) throw new Error(`the data is wrong:\n${describeBroken(broken)}`);
}

/** Where the traces of one request in a hundred go. */
async function startTraces({ directory, start }: Stack): Promise<string> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const spec = {
    command: process.execPath,
    args: [join(repositoryRoot, 'local', 'traces', 'main.ts')],
    env: { TRACES_PORT: String(port), TRACES_DIRECTORY: join(directory, 'traces') },
    ipc: true,
    ownGroup: true,
  };
  await start('Traces', spec, async () => {
    await fetch(`${url}/livez`);
    return true;
  });
  return url;
}
