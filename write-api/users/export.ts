import type pg from 'pg';
import { EXPORT_SOURCES } from './export-sources.ts';

const camelCase = (name: string): string =>
  name.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());

const rowText = (row: object): string =>
  JSON.stringify(Object.fromEntries(Object.entries(row).map(([name, value]) => [camelCase(name), value])));

/**
 * All data of a user as the text of an AccountExport, in pieces: one table is in memory at a time, since the drafts of a
 * teacher may be large.
 */
export async function* exportAccount(pool: pg.Pool, userId: string, now: Date): AsyncGenerator<string> {
  let begin = `{"exportedAt":${JSON.stringify(now.toISOString())},"data":{`;
  for (const { name, sql } of EXPORT_SOURCES) {
    const { rows } = await pool.query<Record<string, unknown>>(sql, [userId]);
    yield `${begin}${JSON.stringify(name)}:[`;
    yield* rows.map((row, index) => (index === 0 ? '' : ',') + rowText(row));
    begin = '],';
  }
  yield ']}}';
}
