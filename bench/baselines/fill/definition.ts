import { readFile } from 'node:fs/promises';
import { firstCopies } from '../first/copies.ts';
import type { BaselineKind } from '../kinds.ts';
import { tunedCopies } from '../tuned/copies.ts';
import { tunedSettings } from '../tuned/settings.ts';
import type { TableCopy } from './table-copy.ts';

/** What a baseline's database consists of. */
export interface Definition {
  /** Statements that make the tables, bare: rows come in faster where nothing is to be kept in order. */
  tables: string[];
  /** Of each table the rows, those first that others refer to. */
  copies: readonly TableCopy[];
  /** Keys, constraints and indexes. */
  indexes: string[];
  /** Settings of the database that differ from those of its server. */
  settings: Readonly<Record<string, string>>;
}

const COPIES: Record<BaselineKind, readonly TableCopy[]> = { first: firstCopies, tuned: tunedCopies };

const SETTINGS: Record<BaselineKind, Definition['settings']> = { first: {}, tuned: tunedSettings };

export const definitionOf = async (kind: BaselineKind): Promise<Definition> => ({
  tables: await statementsIn(`../${kind}/tables.sql`),
  copies: COPIES[kind],
  indexes: await statementsIn(`../${kind}/indexes.sql`),
  settings: SETTINGS[kind],
});

async function statementsIn(path: string): Promise<string[]> {
  const text = await readFile(new URL(path, import.meta.url), 'utf8');
  return text.split(/;\s*\n/).filter((statement) => statement.trim() !== '');
}
