import { transaction } from '@eduplatform/db/transaction';
import { withPostgres } from '../../servers/postgres.ts';
import {
  deleteCourse,
  publishAgain,
  publishNew,
  testContent,
  testLesson,
} from '@eduplatform/indexer/test/support/courses';
import type { Arena } from '../arena.ts';
import { meanwhile, onlyFirst, type Scenario } from '../scenario.ts';

async function teacherOf({ writers }: Arena): Promise<string> {
  const { rows } = await writers.pool.query<{ id: string }>(`select id from users where role = 'teacher' limit 1`);
  return rows[0]?.id ?? '';
}

const sameKey: Scenario = {
  name: 'a course created, deleted and created anew within a batch',
  isShort: true,
  async run(arena) {
    const { pool } = arena.writers;
    const teacher = await teacherOf(arena);
    // All of it waits behind one open transaction, and so comes in one batch.
    await withPostgres(arena.databaseUrl, async (client) => {
      await client.query('begin');
      await client.query('select pg_current_xact_id()');
      for (let count = 0; count < 10; count += 1) {
        const content = testContent([testLesson('One')], { title: `Batch ${count}` });
        const course = await publishNew(pool, teacher, content);
        const { course: again } = await publishAgain(pool, course, { ...content, title: 'Again' });
        await deleteCourse(pool, again);
        await pool.query('update courses set title = title where id = $1', [course.id]);
      }
      await client.query('commit');
    });
  },
};

const backlog: Scenario = {
  name: 'a backlog of a million rows (20,000 in the short form)',
  async run(arena, { isLong }) {
    const { writers, indexers } = arena;
    for (const indexer of indexers) await indexer.kill();
    const { rows } = await writers.pool.query<{ id: string; revision: number }>(
      'select id, live_revision as revision from courses where live_revision is not null limit 50',
    );
    const total = isLong ? 1_000_000 : 20_000;
    for (let start = 0; start < total; start += 20_000) {
      await writers.pool.query(
        `insert into outbox (aggregate_type, aggregate_id, aggregate_version, type, payload)
         select 'course', c->>'id', 1, 'course.published',
                jsonb_build_object('courseId', c->>'id', 'revision', (c->>'revision')::int, 'previousRevision', null)
         from generate_series(1, $1) as n, lateral (select $2::jsonb -> (n % $3) as c) as chosen`,
        [20_000, JSON.stringify(rows), rows.length],
      );
    }
    await onlyFirst(arena);
  },
};

/** Restores a copy of the database into the same cluster, under the same name. */
const restored: Scenario = {
  name: 'the database restored from an older copy into the same cluster',
  async run(arena) {
    const { serverUrl, databaseUrl, writers, indexers } = arena;
    const name = new URL(databaseUrl).pathname.slice(1);
    await writers.pause();
    const copy = async (from: string, to: string): Promise<void> =>
      withPostgres(serverUrl, async (client) => {
        await client.query(
          'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
          [from],
        );
        await client.query(`create database ${to} template ${from}`);
      });
    for (const indexer of indexers) await indexer.kill();
    await withPostgres(serverUrl, (client) => client.query('drop database if exists kept with (force)'));
    await copy(name, 'kept');
    await onlyFirst(arena);
    writers.start();
    await meanwhile(1_000);
    await writers.pause();
    for (const indexer of indexers) await indexer.kill();
    writers.forget();
    await withPostgres(serverUrl, (client) => client.query(`drop database ${name} with (force)`));
    await copy('kept', name);
    writers.start();
    await onlyFirst(arena);
  },
};

const COLUMNS = `
  select string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns
  where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'`;

/** As a dump does that is loaded into the very same database: its oid stays, and ids go on. */
const loadedAgain: Scenario = {
  name: 'an older dump loaded into the same database',
  async run(arena) {
    const { writers, indexers } = arena;
    await writers.pause();
    const tables = ['courses', 'course_revisions', 'live_lessons', 'outbox', 'stream_state'];
    for (const table of tables) {
      await writers.pool.query(`drop table if exists dump_${table}`);
      await writers.pool.query(`create table dump_${table} as select * from ${table}`);
    }
    writers.start();
    await meanwhile(1_500);
    await writers.pause();
    for (const indexer of indexers) await indexer.kill();
    writers.forget();
    await transaction(writers.pool, async (tx) => {
      await tx.query('set local session_replication_role = replica');
      for (const table of tables) {
        const { rows } = await tx.query<{ columns: string }>(COLUMNS, [table]);
        const columns = rows[0]?.columns ?? '';
        await tx.query(`delete from ${table}`);
        await tx.query(
          `insert into ${table} (${columns}) overriding system value select ${columns} from dump_${table}`,
        );
      }
    });
    writers.start();
    // It finds out, ends, and is started again.
    await indexers[0]?.start(false);
    await indexers[0]?.whenEnded(20_000).catch(() => undefined);
    await onlyFirst(arena);
  },
};

export const contentScenarios: Scenario[] = [sameKey, restored, loadedAgain, backlog];
