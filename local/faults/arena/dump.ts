import type { Queryable, Tx } from '@eduplatform/db/transaction';

/** Rows of every table, as JSON that nobody but Postgres reads: numbers keep their digits. */
export type Dump = { table: string; columns: string; rows: string }[];

const TABLES = `
  select c.relname as table,
         (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute a
          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and c.relname <> 'migrations'
  order by c.relname`;

/** What pg_dump takes of the data, where only the server's programs are at hand. */
export async function takeDump(db: Queryable): Promise<Dump> {
  const { rows: tables } = await db.query<{ table: string; columns: string }>(TABLES);
  const dump: Dump = [];
  for (const { table, columns } of tables) {
    const { rows } = await db.query<{ rows: string }>(
      `select coalesce(json_agg(t), '[]')::text as rows from (select ${columns} from ${table}) as t`,
    );
    dump.push({ table, columns, rows: rows[0]?.rows ?? '[]' });
  }
  return dump;
}

const SEQUENCES = `
  select format('select setval(%L, greatest(coalesce(max(%I), 1), 1)) from %I',
                pg_get_serial_sequence(quote_ident(c.relname), a.attname), a.attname, c.relname) as statement
  from pg_class c join pg_attribute a on a.attrelid = c.oid
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and a.attidentity <> '' and not a.attisdropped`;

/** Puts the rows in the place of those in the database. */
export async function loadDump(tx: Tx, dump: Dump): Promise<void> {
  await tx.query('set local session_replication_role = replica');
  for (const { table } of dump) await tx.query(`delete from ${table}`);
  for (const { table, columns, rows } of dump) {
    await tx.query(
      `insert into ${table} (${columns}) overriding system value
       select ${columns} from json_populate_recordset(null::${table}, $1)`,
      [rows],
    );
  }
  const { rows: sequences } = await tx.query<{ statement: string }>(SEQUENCES);
  for (const { statement } of sequences) await tx.query(statement);
}
