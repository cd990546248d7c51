import { appendToOutbox } from '@eduplatform/db/outbox';
import { createPool } from '@eduplatform/db/pool';
import { transaction } from '@eduplatform/db/transaction';
import type pg from 'pg';
import { copyRows } from './copy.ts';
import { COLUMNS, courseRows, type CourseRows } from './course-rows.ts';
import type { CourseSource } from './course-source.ts';
import { demoCourses, type DemoCourse } from './demo-sources.ts';
import { seedLearning } from './learning/load.ts';
import { insertCategories, insertPeople } from './people.ts';

/** Courses per transaction: a long one would hold back the outbox's horizon for everybody. */
const CHUNK = 50;
const DAY_MS = 86_400_000;

export interface DemoOptions {
  /** What it is noted under in seed_state. */
  name?: string;
  /** Of the generated courses. */
  seed?: number;
  /** The moment that ages count from; default: when the load begins. */
  now?: Date;
  /** Ends it between two transactions. */
  signal?: AbortSignal | undefined;
  /** Notes that it is complete; false: whoever called does that. */
  notesEnd?: boolean;
}

/**
 * Loads the demo into a database that holds no users, or carries on a load that was cut off; does nothing otherwise.
 * `onProgress` gets a line for people. Safe while an indexer runs: each chunk appends its events to the outbox.
 */
export async function seedDemo(
  databaseUrl: string,
  onProgress: (line: string) => void,
  { name = 'demo', seed = 1, now: given, signal, notesEnd = true }: DemoOptions = {},
): Promise<void> {
  const pool = createPool({ connectionString: databaseUrl, applicationName: 'seed', max: 2 });
  try {
    if (!(await begin(pool, name, given))) return;
    onProgress('demo data: reading');
    const courses = await demoCourses(seed);
    await insertCategories(pool);
    const now = await startedAt(pool, name);
    const sources = courses.map(({ source }) => source);
    const owners = await insertPeople(pool, sources, now);
    for (let done = 0; done < courses.length; done += CHUNK) {
      signal?.throwIfAborted();
      onProgress(`demo data: ${done} of ${courses.length} courses`);
      await loadChunk(pool, courses.slice(done, done + CHUNK), owners, now);
    }
    onProgress('demo data: students and their progress');
    await seedLearning(pool, now);
    if (notesEnd) await pool.query('update seed_state set finished_at = now() where name = $1', [name]);
    onProgress(`demo data: ${courses.length} courses`);
  } finally {
    await pool.end();
  }
}

const BEGIN = `
  insert into seed_state (name, started_at) select $1, coalesce($2, now()) where not exists (select from users)
  on conflict (name) do nothing`;
const UNFINISHED = 'select from seed_state where name = $1 and finished_at is null';

async function begin(pool: pg.Pool, name: string, now: Date | undefined): Promise<boolean> {
  await pool.query(BEGIN, [name, now]);
  const { rowCount } = await pool.query(UNFINISHED, [name]);
  return rowCount === 1;
}

/** The date that the courses' ages count from: kept, so that a load that is carried on makes the same rows. */
async function startedAt(pool: pg.Pool, name: string): Promise<Date> {
  const { rows } = await pool.query<{ started_at: Date }>('select started_at from seed_state where name = $1', [name]);
  if (!rows[0]) throw new Error('the load of the demo data was removed while it ran');
  return rows[0].started_at;
}

async function loadChunk(pool: pg.Pool, chunk: DemoCourse[], owners: Map<string, string>, now: Date): Promise<void> {
  const { rows } = await pool.query<{ slug: string }>('select slug from courses where slug = any ($1)', [
    chunk.map(({ source }) => source.slug),
  ]);
  const present = new Set(rows.map(({ slug }) => slug));
  const courses = chunk
    .filter(({ source }) => !present.has(source.slug))
    .map(({ source, daysAgo }) =>
      courseRows(source, ownerOf(source, owners), new Date(now.getTime() - daysAgo * DAY_MS)),
    );
  if (courses.length > 0) await insertCourses(pool, courses);
}

function ownerOf({ teacher, slug }: CourseSource, owners: Map<string, string>): string {
  const id = owners.get(teacher.email);
  if (!id) throw new Error(`the teacher ${teacher.email} of ${slug} was not inserted`);
  return id;
}

function insertCourses(pool: pg.Pool, courses: CourseRows[]): Promise<unknown> {
  return transaction(pool, async (tx) => {
    await copyRows(
      tx,
      'courses',
      COLUMNS.courses,
      courses.map(({ course }) => course),
    );
    await copyRows(
      tx,
      'course_revisions',
      COLUMNS.course_revisions,
      courses.map(({ revision }) => revision),
    );
    await copyRows(
      tx,
      'modules',
      COLUMNS.modules,
      courses.flatMap(({ modules }) => modules),
    );
    await copyRows(
      tx,
      'lessons',
      COLUMNS.lessons,
      courses.flatMap(({ lessons }) => lessons),
    );
    await copyRows(
      tx,
      'live_lessons',
      COLUMNS.live_lessons,
      courses.flatMap(({ courseId, lessonIds }) => lessonIds.map((id) => [id, courseId])),
    );
    return appendToOutbox(
      tx,
      courses.map(({ courseId }) => ({
        type: 'course.published' as const,
        aggregateType: 'course' as const,
        aggregateId: courseId,
        aggregateVersion: 1,
        payload: { courseId, revision: 1, previousRevision: null },
      })),
      null,
    );
  });
}
