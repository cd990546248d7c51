import { randomUUID } from 'node:crypto';
import { replayDeadLetters } from '@eduplatform/indexer/rebuild/jobs';
import {
  deleteCourse,
  publishNew,
  testContent,
  testLesson,
  type TestCourse,
} from '@eduplatform/indexer/test/support/courses';
import { eventually } from '../../platform/wait.ts';
import type { Arena } from '../arena/arena.ts';
import type { Scenario } from '../scenario.ts';
import { onlyFirst } from '../steps.ts';
import { registerTeacher } from '../writers/register-teacher.ts';

const STEP = 20_000;

export const backlog: Scenario = {
  name: 'a backlog of a million rows (20,000 in the short form)',
  async run(arena, { isLong }) {
    const { writers, indexers } = arena;
    for (const indexer of indexers) await indexer.kill();
    const { rows } = await writers.pool.query<{ id: string; revision: number }>(
      'select id, live_revision as revision from courses where live_revision is not null limit 50',
    );
    const total = isLong ? 1_000_000 : 20_000;
    for (let start = 0; start < total; start += STEP) {
      await writers.pool.query(
        `insert into outbox (aggregate_type, aggregate_id, aggregate_version, type, payload)
         select 'course', c->>'id', 1, 'course.published',
                jsonb_build_object('courseId', c->>'id', 'revision', (c->>'revision')::int, 'previousRevision', null)
         from generate_series(1, $1) as n, lateral (select $2::jsonb -> (n % $3) as c) as chosen`,
        [STEP, JSON.stringify(rows), rows.length],
      );
    }
    await onlyFirst(arena);
  },
};

const COURSES = 50;
const LESSONS = 100;
const REFUSED_MS = 300_000;

async function deadLetters({ writers }: Arena): Promise<number> {
  const { rows } = await writers.pool.query<{ count: number }>(
    `select count(*)::int as count from dead_letters where sink = 'search'`,
  );
  return rows[0]?.count ?? 0;
}

/** The engine fails every task with it. It is found, put down, and replayed when it is well again. */
export const poison: Scenario = {
  name: 'a poison document among 5,000',
  async run(arena) {
    const { writers, indexers, proxies } = arena;
    const { pool } = writers;
    const teacher = await registerTeacher(pool);
    for (const indexer of indexers) await indexer.kill();
    const ids = Array.from({ length: COURSES }, () => randomUUID());
    proxies.search.poison = ids[COURSES / 2] ?? null;
    const courses: TestCourse[] = [];
    for (const id of ids) {
      const lessons = Array.from({ length: LESSONS }, (_, index) => testLesson(`Lesson ${index}`));
      courses.push(await publishNew(pool, teacher, testContent(lessons, { title: 'Among many' }), null, id));
    }
    await onlyFirst(arena);
    await eventually(async () => (await deadLetters(arena)) > 0, { timeoutMs: REFUSED_MS });
    proxies.search.reset();
    await replayDeadLetters(pool, 'search');
    await eventually(async () => (await deadLetters(arena)) === 0, { timeoutMs: REFUSED_MS });
    for (const course of courses) await deleteCourse(pool, course);
  },
};
