import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { pinned } from '../pinning.ts';
import type { Stack } from '../stack.ts';
import type { BenchCourse } from './courses.ts';
import type { Order, Written } from './writers-main.ts';

/** Clients who edit courses in Postgres as fast as it lets them. */
export interface Writers {
  begin(): void;
  /** Answers how many transactions were committed in a second, and the position of the last. */
  end(): Promise<{ commitsPerSecond: number; position: string }>;
  stop(): Promise<void>;
}

export async function startWriters(stack: Stack, databaseUrl: string, courses: readonly BenchCourse[]) {
  const main = fileURLToPath(new URL('writers-main.ts', import.meta.url));
  const program = {
    command: process.execPath,
    args: [main],
    env: { DATABASE_URL: databaseUrl },
    ipc: true,
    ownGroup: true,
  };
  const { child, stop } = await stack.start('writers', pinned(program, 'others'), async () => true);
  let startedAt = 0;
  const writers: Writers = {
    begin() {
      startedAt = performance.now();
      const order = { write: true, courses: courses.map(({ id, lessonIds }) => ({ id, lessonIds })) };
      child.send(order satisfies Order);
    },
    async end() {
      const answered = once(child, 'message') as Promise<[Written]>;
      child.send({ write: false } satisfies Order);
      const [answer] = await answered;
      if ('error' in answer) throw new Error(`the writers failed: ${answer.error}`);
      const commitsPerSecond = (answer.transactions * 1000) / (performance.now() - startedAt);
      return { commitsPerSecond, position: answer.position };
    },
    stop,
  };
  return writers;
}
