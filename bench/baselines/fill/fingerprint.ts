import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import type { Definition } from './definition.ts';

const SOURCE = `
  select (select oid from pg_database where datname = current_database())::text as database,
         pg_sequence_last_value(pg_get_serial_sequence('outbox', 'position')::regclass)::text as position`;

/**
 * Stands for what a baseline would be filled with: the tables' definitions, the source and what has happened in it. Whatever
 * changes what readers see appends to the outbox; the counts are for rows that were loaded without.
 */
export async function fingerprintOf(
  source: Client,
  { definition, totals }: { definition: Definition; totals: number[] },
): Promise<string> {
  const { rows } = await source.query(SOURCE);
  return createHash('sha256')
    .update(JSON.stringify([rows, definition, totals]))
    .digest('hex');
}

/** The fingerprint of what a database was filled with; null where there is none, or the filling did not end. */
export async function filledWith(target: Client): Promise<string | null> {
  const { rows: tables } = await target.query<{ exists: boolean }>(
    `select to_regclass('baseline_filled') is not null as exists`,
  );
  if (!tables[0]?.exists) return null;
  const { rows } = await target.query<{ fingerprint: string }>('select fingerprint from baseline_filled');
  return rows[0]?.fingerprint ?? null;
}

/** Notes that the database is filled. */
export async function noteFilled(target: Client, fingerprint: string): Promise<void> {
  await target.query('create table baseline_filled (fingerprint text not null)');
  await target.query('insert into baseline_filled values ($1)', [fingerprint]);
}
