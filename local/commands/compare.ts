/**
 * `npm run compare`: the read API beside two APIs on SQL, on the data of the running stack, in 90 seconds. Prints a table
 * and the address of a page.
 */
import { join } from 'node:path';
import { compareReadPaths } from '@eduplatform/bench/compare';
import { searchKey } from '@eduplatform/contracts/search-key';
import { interruption } from '../jobs/on-interrupt.ts';
import { stateDirectory } from '../platform/paths.ts';
import { commandLine } from '../platform/process-identity.ts';
import { readStack } from '../supervisor/stack-file.ts';
import { databaseOfStack, readModelsOfStack } from './running-stack.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Whether a process of the stack runs a program of this repository, and not a server of the machine. */
const runs = async (pid: number | undefined, program: string): Promise<boolean> =>
  pid !== undefined && (await commandLine(pid)).includes(program);

try {
  const stack = await readStack(stateDirectory());
  if (stack?.state !== 'ready') throw new Error('No stack is running here. Begin with npm start.');
  const { redis, search } = await readModelsOfStack();
  const isEmbedded = await runs(stack.services.search?.pid, 'search-engine');
  const target = {
    servers: {
      databaseUrl: await databaseOfStack(),
      redisUrl: redis.url,
      search: {
        url: search.url,
        readerKey: searchKey(search.masterKey, 'reader', search.indexPrefix),
        description: isEmbedded ? 'embedded engine' : 'Meilisearch',
        isReal: !isEmbedded,
      },
      writeApiUrl: stack.services.writeApi?.url ?? 'http://127.0.0.1:4002',
    },
    redisPrefix: redis.prefix,
    searchIndexPrefix: search.indexPrefix,
    isRedisBuiltIn: await runs(stack.services.redis?.pid, 'built-in-redis'),
  };
  const page = join(stateDirectory(), 'compare.html');
  process.exitCode = await compareReadPaths(target, { page, print, signal: interruption() });
} catch (error) {
  process.stderr.write(`${(error as Error).stack}\n`);
  print(`compare void: ${(error as Error).message.split('\n')[0]}`);
  process.exitCode = 1;
}
