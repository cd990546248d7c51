import type pg from 'pg';

/** Not what was loaded, but when, and by which migrations. */
const LEFT_OUT = ['public.seed_state', 'public.migrations'];
const TABLES = `
  select format('%I.%I', schemaname, tablename) as name from pg_tables
  where schemaname in ('public', 'mock_provider') order by 1`;

/** A fingerprint of the rows of each table, but for the hashes of passwords, which are salted. */
export async function contentsOf(pool: pg.Pool): Promise<Record<string, string>> {
  const { rows } = await pool.query<{ name: string }>(TABLES);
  const contents: Record<string, string> = {};
  for (const { name } of rows.filter((table) => !LEFT_OUT.includes(table.name))) {
    const found = await pool.query<{ fingerprint: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(line, E'\\n' order by line)), '') as fingerprint
       from (select (to_jsonb(t) - 'password_hash')::text as line from ${name} t) as lines`,
    );
    contents[name] = found.rows[0]?.fingerprint ?? '';
  }
  return contents;
}
