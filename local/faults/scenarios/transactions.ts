import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { Tx } from '@eduplatform/db/transaction';
import { appendToOutbox } from '@eduplatform/db/outbox';
import {
  deleteCourse,
  published,
  publishAgain,
  publishNew,
  storeRevision,
  testContent,
  testLesson,
} from '@eduplatform/indexer/test/support/courses';
import { withPostgres } from '../../servers/postgres.ts';
import type { Arena } from '../arena/arena.ts';
import type { Scenario } from '../scenario.ts';
import { meanwhile } from '../steps.ts';
import { registerTeacher } from '../writers/register-teacher.ts';

const contentOf = (title: string) => testContent([testLesson('One')], { title });

/** Everything that is committed meanwhile is read in one batch. */
async function inOneBatch({ postgres }: Arena, work: () => Promise<void>): Promise<void> {
  await withPostgres(postgres.databaseUrl, async (client) => {
    await client.query('begin');
    await client.query('select pg_current_xact_id()');
    await work();
    await client.query('commit');
  });
}

const sameKey: Scenario = {
  name: 'a course created, deleted and created anew under the same id within a batch',
  isShort: true,
  async run(arena) {
    const { pool } = arena.writers;
    const teacher = await registerTeacher(pool);
    const kept = await publishNew(pool, teacher, contentOf('There before'));
    await meanwhile(300);
    await inOneBatch(arena, async () => {
      for (let count = 0; count < 10; count += 1) {
        const made = await publishNew(pool, teacher, contentOf(`First ${count}`));
        await deleteCourse(pool, made);
        const again = await publishNew(pool, teacher, contentOf(`Anew ${count}`), null, made.id);
        const { course: latest } = await publishAgain(pool, again, contentOf(`Latest ${count}`));
        // Of one half of them nothing is left in the end.
        if (count % 2 === 0) await deleteCourse(pool, latest);
      }
      await deleteCourse(pool, kept);
      await publishNew(pool, teacher, contentOf('There again'), null, kept.id);
    });
  },
};

/** A transaction of its own that publishes a course and is not committed yet. */
async function beginCourse(url: string, teacher: string, title: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const tx = client as unknown as Tx;
  const [id, content] = [randomUUID(), contentOf(title)];
  await client.query('begin');
  await client.query(
    `insert into courses (id, owner_id, slug, title, category_slug, first_published_at, published_at)
     values ($1, $2, $3, $4, $5, now(), now())`,
    [id, teacher, `course-${id}`, content.title, content.category],
  );
  await storeRevision(tx, id, 1, teacher, content);
  await appendToOutbox(tx, [published(id, 1, null)], null);
  return client;
}

const reverseOrder: Scenario = {
  name: 'transactions committed in the reverse order of their ids',
  isShort: true,
  async run({ postgres, writers }) {
    const teacher = await registerTeacher(writers.pool);
    const clients: Client[] = [];
    for (let count = 0; count < 6; count += 1) {
      clients.push(await beginCourse(postgres.databaseUrl, teacher, `Reverse ${count}`));
    }
    for (const client of clients.toReversed()) {
      await client.query('commit');
      await client.end();
      await meanwhile(60);
    }
  },
};

export const transactionScenarios: Scenario[] = [sameKey, reverseOrder];
