import type { Client } from 'pg';
import { withPostgres } from '@eduplatform/local/servers/postgres';
import { baselineUrl, databaseName, type BaselineKind, type BaselineOwner } from '../kinds.ts';
import { definitionOf, type Definition } from './definition.ts';
import { filledWith, fingerprintOf, noteFilled } from './fingerprint.ts';
import { beginRead, load, type FillProgress } from './load.ts';

export type { FillProgress } from './load.ts';

export interface FillOptions {
  /** Connection string of the product's database; the role must be allowed to make databases. */
  sourceUrl: string;
  kind: BaselineKind;
  owner?: BaselineOwner | undefined;
  /** Fill it anew also where it holds just this already. */
  refill?: boolean;
  onProgress?: (progress: FillProgress) => void;
}

/**
 * Makes a baseline's database beside the product's and fills it with what is published there; one that holds just this
 * already stays as it is. Memory is bounded whatever the number of rows. Answers its connection string.
 */
export async function fillBaseline({ sourceUrl, kind, owner, refill, onProgress }: FillOptions): Promise<string> {
  const targetUrl = baselineUrl(sourceUrl, kind, owner);
  const definition = await definitionOf(kind);
  await withPostgres(sourceUrl, async (source) => {
    await beginRead(source);
    const totals = await countRows(source, definition);
    const fingerprint = await fingerprintOf(source, { definition, totals });
    if (!refill && (await isFilledWith(targetUrl, fingerprint, source))) return;
    await recreate(sourceUrl, targetUrl, definition);
    const { rows } = await source.query<{ snapshot: string }>('select pg_export_snapshot() as snapshot');
    await load({
      ...{ sourceUrl, targetUrl, definition, snapshot: rows[0]?.snapshot ?? '' },
      total: totals.reduce((all, count) => all + count, 0),
      onProgress: onProgress ?? (() => {}),
    });
    await withPostgres(targetUrl, (target) => noteFilled(target, fingerprint));
  });
  return targetUrl;
}

/** Removes a baseline's database, ending the sessions that are still in it; one that is not there is no error. */
export async function dropBaseline(sourceUrl: string, kind: BaselineKind, owner?: BaselineOwner): Promise<void> {
  await drop(sourceUrl, baselineUrl(sourceUrl, kind, owner));
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

async function recreate(sourceUrl: string, url: string, { settings }: Definition): Promise<void> {
  await drop(sourceUrl, url);
  await withPostgres(sourceUrl, async (client) => {
    const name = client.escapeIdentifier(databaseName(url));
    await client.query(`create database ${name}`);
    for (const [setting, value] of Object.entries(settings)) {
      await client.query(`alter database ${name} set ${setting} = ${client.escapeLiteral(value)}`);
    }
  });
}

const drop = (sourceUrl: string, url: string): Promise<unknown> =>
  withPostgres(sourceUrl, (client) =>
    client.query(`drop database if exists ${client.escapeIdentifier(databaseName(url))} with (force)`),
  );
