import type { Queryable } from './transaction.ts';

/** Partitions are made by the calendar, so they are left out: the dump depends on the migrations alone. */
const TABLES = `
  select c.oid, c.relname as name, c.relkind = 'p' as partitioned, pg_get_partkeydef(c.oid) as partition_key
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  order by c.relname`;

const COLUMNS = `
  select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required,
    a.attidentity as identity, a.attgenerated <> '' as generated, pg_get_expr(d.adbin, d.adrelid) as default
  from pg_attribute a
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = $1 and a.attnum > 0 and not a.attisdropped
  order by a.attnum`;

/** NOT NULL is shown with its column. */
const CONSTRAINTS = `
  select conname as name, pg_get_constraintdef(oid) as definition
  from pg_constraint where conrelid = $1 and contype <> 'n' order by conname`;

const INDEXES = `
  select pg_get_indexdef(i.indexrelid) as definition
  from pg_index i join pg_class c on c.oid = i.indexrelid
  where i.indrelid = $1 and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)
  order by c.relname`;

const FUNCTIONS = `
  select pg_get_functiondef(p.oid) as definition
  from pg_proc p
  where p.pronamespace = 'public'::regnamespace
    and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  order by p.proname`;

const EXTENSIONS = `select extname as name from pg_extension where extname <> 'plpgsql' order by extname`;

interface Table {
  oid: number;
  name: string;
  partitioned: boolean;
  partition_key: string | null;
}
interface Column {
  name: string;
  type: string;
  required: boolean;
  identity: string;
  generated: boolean;
  default: string | null;
}

/** The schema `public` as SQL text in a stable order, for people to read and for a diff to notice. */
export async function dumpSchema(db: Queryable): Promise<string> {
  const parts = ['-- Written by `npm run schema`; the truth is in db/migrations/.'];
  for (const { name } of (await db.query<{ name: string }>(EXTENSIONS)).rows) parts.push(`create extension ${name};`);
  for (const { definition } of (await db.query<{ definition: string }>(FUNCTIONS)).rows) {
    parts.push(`${definition.trim()};`);
  }
  for (const table of (await db.query<Table>(TABLES)).rows) parts.push(await dumpTable(db, table));
  return `${parts.join('\n\n')}\n`;
}

async function dumpTable(db: Queryable, table: Table): Promise<string> {
  const columns = (await db.query<Column>(COLUMNS, [table.oid])).rows.map(dumpColumn);
  const constraints = (await db.query<{ name: string; definition: string }>(CONSTRAINTS, [table.oid])).rows.map(
    ({ name, definition }) => `  constraint ${name} ${definition}`,
  );
  const indexes = (await db.query<{ definition: string }>(INDEXES, [table.oid])).rows;
  const partitioning = table.partitioned ? ` partition by ${table.partition_key}` : '';
  return [
    `create table ${table.name} (\n${[...columns, ...constraints].join(',\n')}\n)${partitioning};`,
    ...indexes.map(({ definition }) => `${definition};`),
  ].join('\n');
}

function dumpColumn(column: Column): string {
  const identity = column.identity === 'a' ? ' generated always as identity' : '';
  const keyword = column.generated ? 'generated always as' : 'default';
  const fallback = column.default === null ? '' : ` ${keyword} ${column.default}`;
  return `  ${column.name} ${column.type}${identity}${fallback}${column.required ? ' not null' : ''}`;
}
