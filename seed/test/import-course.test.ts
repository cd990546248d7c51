import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool } from '@eduplatform/db/pool';
import { createTestDatabase, type TestDatabase } from '@eduplatform/local/testing/context';
import type pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findTeacher, importCourse, ImportError } from '../import-course.ts';
import { insertCategories } from '../people.ts';
import { readCourseFolder } from '../read-folder.ts';

const EMAIL = 'tomas@example.com';
let database: TestDatabase;
let pool: pg.Pool;
let folder: string;

beforeEach(async () => {
  database = await createTestDatabase();
  pool = createPool({ connectionString: database.url, applicationName: 'test' });
  await insertCategories(pool);
  await pool.query("insert into users (email, name, role, password_hash) values ($1, 'Tomás', 'teacher', '!')", [
    EMAIL,
  ]);
  await pool.query("insert into users (email, name, password_hash) values ('sam@example.com', 'Sam', '!')");
  folder = await mkdtemp(join(tmpdir(), 'import-'));
  await writeFile(join(folder, 'README.md'), '# Knots\n\nHow to tie them.');
  await writeFile(join(folder, '01-bowline.md'), '# The bowline\n\nA loop that holds.');
});
afterEach(async () => {
  await pool.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

async function importFolder(): Promise<string> {
  const teacher = await findTeacher(pool, EMAIL);
  return importCourse(pool, await readCourseFolder(folder, { teacher }), teacher, () => {});
}

describe('importing a folder', () => {
  it('makes a draft that no reader sees', async () => {
    const id = await importFolder();
    const { rows } = await pool.query('select slug, title, live_revision from courses where id = $1', [id]);
    expect(rows).toEqual([{ slug: 'knots', title: 'Knots', live_revision: null }]);
    const lessons = await pool.query('select title, body_md from lessons where course_id = $1', [id]);
    expect(lessons.rows).toEqual([{ title: 'The bowline', body_md: 'A loop that holds.\n' }]);
  });

  it('twice makes two courses with slugs of their own', async () => {
    await importFolder();
    await importFolder();
    const { rows } = await pool.query<{ slug: string }>('select slug from courses order by slug');
    expect(rows.map(({ slug }) => slug)).toEqual(['knots', 'knots-2']);
  });

  it('stores nothing when a text is refused, and says where', async () => {
    await writeFile(join(folder, '02-bad.md'), '# Bad\n\nFine.\n\n<script>alert(1)</script>');
    await expect(importFolder()).rejects.toThrow(/“Bad” in “Lessons”, line 3/);
    expect((await pool.query('select from courses')).rowCount).toBe(0);
    expect((await pool.query('select from outbox')).rowCount).toBe(0);
  });

  it('needs a teacher who has registered', async () => {
    await expect(findTeacher(pool, 'nobody@example.com')).rejects.toThrow(ImportError);
    await expect(findTeacher(pool, 'sam@example.com')).rejects.toThrow(/student/);
  });
});
