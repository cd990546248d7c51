import { fileURLToPath } from 'node:url';
import { askChild } from '../ask-child.ts';
import { pinned } from '../pinning.ts';
import type { Stack } from '../stack.ts';
import type { BenchCourse } from './courses.ts';
import type { Message, Order } from './writers-main.ts';

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
  const lost: string[] = [];
  child.on('message', (message: Message) => {
    if (message.kind === 'lost') lost.push(message.error);
  });
  let startedAt = 0;
  const writers: Writers = {
    begin() {
      startedAt = performance.now();
      const order = { write: true, courses: courses.map(({ id, lessonIds }) => ({ id, lessonIds })) };
      // Whether it was received is told at the end.
      child.send(order satisfies Order, () => {});
    },
    async end() {
      const answer = await askChild(child, 'the process of the writers', { write: false } satisfies Order, isAnswer);
      if (answer.kind === 'failed') throw new Error(`the writers failed: ${answer.error}`);
      if (lost.length > 0) throw new Error(`the writers lost connections: ${lost.join(', ')}`);
      const commitsPerSecond = (answer.transactions * 1000) / (performance.now() - startedAt);
      return { commitsPerSecond, position: answer.position };
    },
    stop,
  };
  return writers;
}

const isAnswer = (message: unknown): message is Exclude<Message, { kind: 'lost' }> =>
  (message as Message).kind !== 'lost';
