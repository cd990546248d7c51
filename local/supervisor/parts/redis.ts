import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '../../platform/run.ts';
import { checkRedis, redisSpec, redisUrl, type RedisProgram } from '../../servers/redis.ts';
import { lastLines } from '../log-file.ts';
import type { PartDefinition } from '../part.ts';
import { logFileOf, type StackContext } from './context.ts';

const DAMAGE = /Bad file format|Unexpected end of file reading the append only file|aof.*(?:corrupt|invalid)/i;

export function defineRedis(context: StackContext, program: RedisProgram, say: (line: string) => void): PartDefinition {
  const directory = join(context.config.stateDirectory, 'redis');
  const logFile = logFileOf(context, 'redis');
  let starts = 0;
  return {
    name: 'redis',
    title: 'Redis',
    async prepare() {
      await mkdir(directory, { recursive: true });
      starts += 1;
      if (starts > 1 && program.command && DAMAGE.test(lastLines(logFile, 8).join('\n'))) {
        await repair(program.command, directory, say);
      }
    },
    spec: redisSpec(program, { port: context.ports.redis, directory, persistent: true }),
    check: () => checkRedis(redisUrl(context.ports.redis)),
    readyWithinMs: 60_000,
    logFile,
  };
}

/** A crash can damage the append-only file. It holds a read model, so what cannot be repaired is rebuilt from Postgres. */
async function repair(server: string, directory: string, say: (line: string) => void): Promise<void> {
  const files = join(directory, 'appendonlydir');
  const manifest = join(files, 'appendonly.aof.manifest');
  const checker = join(dirname(server), server.includes('valkey') ? 'valkey-check-aof' : 'redis-check-aof');
  if (existsSync(manifest) && existsSync(checker)) {
    // It asks before it cuts; the answer comes on its standard input.
    const { code } = await run({ command: 'sh', args: ['-c', `yes | "${checker}" --fix "${manifest}"`] });
    if (code === 0) return say('Redis: the append-only file was damaged by the crash and has been repaired');
  }
  if (!existsSync(files)) return;
  const aside = `${files}.damaged-${Date.now()}`;
  await rename(files, aside);
  say(`Redis: its append-only file could not be read; it was moved to ${aside} and the read model is built again`);
}
