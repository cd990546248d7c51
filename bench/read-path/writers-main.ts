/** Process of the writers: as many transactions as Postgres takes, from one message of its parent to the next. */
import { appendToOutbox } from '@eduplatform/db/outbox';
import { createPool } from '@eduplatform/db/pool';
import { transaction } from '@eduplatform/db/transaction';
import type { BenchCourse } from './courses.ts';

export type Order = { write: true; courses: Pick<BenchCourse, 'id' | 'lessonIds'>[] } | { write: false };
/** Transactions since the writers began, and the position of the last of them in the outbox. */
export interface Written {
  transactions: number;
  position: string;
}

/** `lost` is told when it happens: a connection broke that nobody was using. The others answer the end of writing. */
export type Message =
  ({ kind: 'written' } & Written) | { kind: 'failed'; error: string } | { kind: 'lost'; error: string };

const CLIENTS = 16;
const EDIT = 'update lessons set duration_minutes = 1 + (duration_minutes + 1) % 60 where id = $1';
const TOUCH = 'update courses set version = version + 1, updated_at = now() where id = $1 returning version::int';

const tell = (message: Message): void => void process.send?.(message);

const pool = createPool({
  ...{ connectionString: process.env.DATABASE_URL ?? '', applicationName: 'bench-writers', max: CLIENTS },
  onError: (error) => tell({ kind: 'lost', error: error.message }),
});
let isWriting = false;
let finished: Promise<Written> = Promise.resolve({ transactions: 0, position: '' });

async function write(courses: Pick<BenchCourse, 'id' | 'lessonIds'>[]): Promise<Written> {
  let transactions = 0;
  let position = '';
  const client = async (number: number): Promise<void> => {
    // Each has courses of its own: it is Postgres that is to be busy, not those who wait for a lock.
    const own = courses.filter((_, index) => index % CLIENTS === number);
    for (let index = 0; isWriting; index += 1) {
      const course = own[index % own.length];
      if (!course) return;
      const written = await edit(course.id, course.lessonIds[0] ?? '');
      if (written > position) position = written;
      transactions += 1;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)));
  return { transactions, position };
}

/** What editing a lesson of a draft writes; answers its position. */
const edit = (courseId: string, lessonId: string): Promise<string> =>
  transaction(pool, async (tx) => {
    await tx.query(EDIT, [lessonId]);
    const { rows } = await tx.query<{ version: number }>(TOUCH, [courseId]);
    const aggregate = {
      aggregateType: 'course',
      aggregateId: courseId,
      aggregateVersion: rows[0]?.version ?? 0,
    } as const;
    const event = { type: 'course.draft_changed', ...aggregate, payload: { courseId, change: 'lesson' } } as const;
    return appendToOutbox(tx, [event], null);
  });

process.on('message', (order: Order | 'shutdown') => {
  if (order === 'shutdown') process.exit(0);
  isWriting = order.write;
  if (order.write) {
    finished = write(order.courses);
    // Told when it is asked for.
    finished.catch(() => {});
    return;
  }
  finished.then(
    (written) => tell({ kind: 'written', ...written }),
    (error: Error) => tell({ kind: 'failed', error: error.message }),
  );
});
process.on('disconnect', () => process.exit(0));
