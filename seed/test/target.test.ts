import { createPool } from '@eduplatform/db/pool';
import { createTestDatabase, type TestDatabase } from '@eduplatform/local/testing/context';
import type pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seedDemo } from '../demo.ts';
import { seedScale, type SeedOptions } from '../scale.ts';
import { TargetError } from '../scale/target-error.ts';
import { MINI } from './support/sizes.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let database: TestDatabase;
let pool: pg.Pool;

beforeEach(async () => {
  database = await createTestDatabase();
  pool = createPool({ connectionString: database.url, applicationName: 'test' });
});
afterEach(async () => {
  await pool.end();
  await database.drop();
});

const seed = (options: Partial<SeedOptions> = {}) =>
  seedScale(database.url, { scale: 'small', sizes: MINI, ...options });
const courses = async (): Promise<number | null> => (await pool.query('select from courses')).rowCount;

describe('a database that is seeded', () => {
  it('gets its schema when it has none', async () => {
    await pool.query('drop schema public cascade; drop schema mock_provider cascade; create schema public');
    const { broken, counts } = await seed();
    expect({ broken, courses: counts.courses }).toEqual({ broken: [], courses: MINI.courses });
  });

  it.each([
    ['somebody registered', `insert into users (email, name, password_hash) values ('a@example.com', 'A', '!')`, 'public.users'],
    ['there are events', `insert into outbox (aggregate_type, aggregate_id, aggregate_version, type, payload)
       values ('user', '1', 1, 'user.registered', '{}')`, 'public.outbox'],
    ['there is a table of something else', 'create table invoices as select 1 as id', 'public.invoices'],
    ['there is another schema', 'create schema shop; create table shop.invoices as select 1 as id', 'shop.invoices'],
    ['an indexer has followed it', 'update stream_state set epoch = 1', 'indexer'],
  ])('is left alone when %s', async (_, statement, word) => {
    await pool.query(statement);
    await expect(seed()).rejects.toThrow(TargetError);
    await expect(seed()).rejects.toThrow(word);
    expect(await courses()).toBe(0);
  }); // prettier-ignore

  it('is left alone when it has nothing but tables of something else, also empty ones', async () => {
    await pool.query('drop schema public cascade; drop schema mock_provider cascade; create schema public');
    await pool.query('create table invoices (id int)');
    await expect(seed()).rejects.toThrow(/public\.invoices/);
    expect((await pool.query(`select from pg_tables where schemaname = 'public'`)).rowCount).toBe(1);
  });

  it('is left alone when it holds the demo', async () => {
    await seedDemo(database.url, () => undefined);
    await expect(seed()).rejects.toThrow(/holds other data \(demo\)/);
  });

  it('is not mixed with another seed or another scale', async () => {
    await seed();
    await expect(seed({ seed: 2 })).rejects.toThrow(/holds small, seed 1, and not small, seed 2/);
    await expect(seed({ scale: 'medium' })).rejects.toThrow(/holds small, seed 1, and not medium, seed 1/);
  });

  it('is filled by one run at a time', async () => {
    const first = seed();
    const second = seed();
    const outcomes = await Promise.allSettled([first, second]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(String(refused?.reason)).toMatch(/Another run is filling this database/);
  });
});
