import type { Client } from 'pg';
import { withPostgres } from '@eduplatform/local/servers/postgres';
import { baselineUrl, databaseName, type BaselineKind } from '../kinds.ts';
import { copyTable } from './copy-table.ts';
import { definitionOf, type Definition } from './definition.ts';
import { filledWith, fingerprintOf, noteFilled } from './fingerprint.ts';

export interface FillProgress {
  /** What is being done: `lessons`, `indexes`, `vacuum`. */
  step: string;
  done: number;
  total: number;
}

export interface FillOptions {
  /** Connection string of the product's database; the role must be allowed to make databases. */
  sourceUrl: string;
  kind: BaselineKind;
  /** Fill it anew also where it holds just this already. */
  refill?: boolean;
  onProgress?: (progress: FillProgress) => void;
}

/** Of a session that only loads. */
const LOADING = `set synchronous_commit = off; set maintenance_work_mem = '256MB'; set work_mem = '64MB'`;

/**
 * Makes a baseline's database beside the product's and fills it with what is published there; one that holds just this
 * already stays as it is. Memory is bounded whatever the number of rows. Answers its connection string.
 */
export async function fillBaseline({ sourceUrl, kind, refill, onProgress }: FillOptions): Promise<string> {
  const url = baselineUrl(sourceUrl, kind);
  const definition = await definitionOf(kind);
  await withPostgres(sourceUrl, async (source) => {
    // All tables as they stand at one moment: rows refer to each other.
    await source.query('begin isolation level repeatable read read only');
    const totals = await countRows(source, definition);
    const { tables, indexes, copies } = definition;
    const fingerprint = await fingerprintOf(source, { scripts: [...tables, ...indexes], copies, totals });
    if (!refill && (await isFilledWith(url, fingerprint, source))) return;
    await recreate(sourceUrl, url);
    await withPostgres(url, async (target) => {
      await load(source, target, { definition, totals, onProgress: onProgress ?? (() => {}) });
      await noteFilled(target, fingerprint);
    });
  });
  return url;
}

/** Removes a baseline's database, ending the sessions that are still in it; one that is not there is no error. */
export async function dropBaseline(sourceUrl: string, kind: BaselineKind): Promise<void> {
  await drop(sourceUrl, baselineUrl(sourceUrl, kind));
}

interface Loading {
  definition: Definition;
  totals: number[];
  onProgress: (progress: FillProgress) => void;
}

async function load(source: Client, target: Client, { definition, totals, onProgress }: Loading): Promise<void> {
  await target.query(LOADING);
  for (const statement of definition.tables) await target.query(statement);
  for (const [index, copy] of definition.copies.entries()) {
    const total = totals[index] ?? 0;
    let done = 0;
    await copyTable(source, target, copy, (rows) => {
      done += rows;
      onProgress({ step: copy.table, done, total });
    });
  }
  for (const [index, statement] of definition.indexes.entries()) {
    onProgress({ step: 'indexes', done: index, total: definition.indexes.length });
    await target.query(statement);
  }
  onProgress({ step: 'vacuum', done: 0, total: 1 });
  // Also fills the visibility map, without which there are no index-only scans.
  await target.query('vacuum analyze');
}

async function countRows(source: Client, { copies }: Definition): Promise<number[]> {
  const totals: number[] = [];
  for (const { count } of copies) {
    const { rows } = await source.query<[number]>({ text: count, rowMode: 'array' });
    totals.push(rows[0]?.[0] ?? 0);
  }
  return totals;
}

async function isFilledWith(url: string, fingerprint: string, source: Client): Promise<boolean> {
  const { rowCount } = await source.query('select from pg_database where datname = $1', [databaseName(url)]);
  return rowCount === 1 && (await withPostgres(url, filledWith)) === fingerprint;
}

async function recreate(sourceUrl: string, url: string): Promise<void> {
  await drop(sourceUrl, url);
  await withPostgres(sourceUrl, (client) =>
    client.query(`create database ${client.escapeIdentifier(databaseName(url))}`),
  );
}

const drop = (sourceUrl: string, url: string): Promise<unknown> =>
  withPostgres(sourceUrl, (client) =>
    client.query(`drop database if exists ${client.escapeIdentifier(databaseName(url))} with (force)`),
  );
