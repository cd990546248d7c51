import { createHash } from 'node:crypto';
import type pg from 'pg';

/** Anything that can run a statement. */
export type Queryable = Pick<pg.Pool, 'query'>;

const names = new Map<string, string>();

/** A statement that each connection prepares once, under a name that its text gives. Texts are few: values are parameters. */
export function prepared(text: string, values: unknown[]): pg.QueryConfig {
  let name = names.get(text);
  if (name === undefined) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 20);
    names.set(text, name);
  }
  return { name, text, values };
}

/** Rows of a prepared statement. */
export async function rowsOf<T extends pg.QueryResultRow>(
  db: Queryable,
  text: string,
  values: unknown[],
): Promise<T[]> {
  return (await db.query<T>(prepared(text, values))).rows;
}

/** The JSON that a statement answers in its only row, as `body`; null where there is no row. */
export async function bodyOf(db: Queryable, text: string, values: unknown[]): Promise<string | null> {
  const [row] = await rowsOf<{ body: string }>(db, text, values);
  return row?.body ?? null;
}
