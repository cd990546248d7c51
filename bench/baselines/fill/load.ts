import type { Client } from 'pg';
import { withPostgres } from '@eduplatform/local/servers/postgres';
import { copyTable } from './copy-table.ts';
import type { Definition } from './definition.ts';
import { partsOf } from './table-copy.ts';

export interface FillProgress {
  /** What is being done: `rows`, `indexes`, `vacuum`. */
  step: string;
  done: number;
  total: number;
}

export interface Loading {
  sourceUrl: string;
  targetUrl: string;
  definition: Definition;
  /** Of the transaction in which the source is read. */
  snapshot: string;
  /** Rows of all tables. */
  total: number;
  onProgress: (progress: FillProgress) => void;
}

/** Pairs of connections that load at the same time: making words of texts keeps a core busy. */
const LANES = 2;

/** Of a session that only loads. */
const LOADING = `set synchronous_commit = off; set maintenance_work_mem = '256MB'; set work_mem = '64MB'`;

/** Makes the tables of an empty database, fills and indexes them. */
export async function load(loading: Loading): Promise<void> {
  const { targetUrl, definition, onProgress } = loading;
  await withPostgres(targetUrl, async (target) => {
    await target.query(LOADING);
    for (const statement of definition.tables) await target.query(statement);
    await copyAll(loading);
    for (const [index, statement] of definition.indexes.entries()) {
      onProgress({ step: 'indexes', done: index, total: definition.indexes.length });
      await target.query(statement);
    }
    onProgress({ step: 'vacuum', done: 0, total: 1 });
    // Also fills the visibility map, without which there are no index-only scans.
    await target.query('vacuum analyze');
  });
}

async function copyAll({ sourceUrl, targetUrl, definition, snapshot, total, onProgress }: Loading): Promise<void> {
  const waiting = definition.copies.flatMap(partsOf);
  let done = 0;
  const onRows = (rows: number): void => {
    done += rows;
    onProgress({ step: 'rows', done, total });
  };
  const lane = (): Promise<void> =>
    withPostgres(sourceUrl, (source) =>
      withPostgres(targetUrl, async (target) => {
        await target.query(LOADING);
        await beginRead(source);
        await source.query(`set transaction snapshot ${source.escapeLiteral(snapshot)}`);
        for (let copy = waiting.shift(); copy; copy = waiting.shift()) await copyTable(source, target, copy, onRows);
      }),
    );
  await Promise.all(Array.from({ length: LANES }, lane));
}

/** All that is read until the end of the transaction is as it stood at one moment: rows refer to each other. */
export const beginRead = (source: Client): Promise<unknown> =>
  source.query('begin isolation level repeatable read read only');
