import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from, to } from 'pg-copy-streams';
import { selectOf, type TableCopy } from './table-copy.ts';

const NEWLINE = 0x0a;

/**
 * Streams the rows of one database into a table of another, in COPY's text format as it comes.
 * @param onRows told how many rows went through since the last time
 */
export async function copyTable(
  source: Client,
  target: Client,
  copy: TableCopy,
  onRows: (count: number) => void,
): Promise<void> {
  const output = source.query(to(`copy (${selectOf(copy)}) to stdout`));
  const input = target.query(from(`copy ${copy.table} (${Object.keys(copy.columns).join(', ')}) from stdin`));
  // In the text format a row is a line: line breaks within a value are escaped.
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      onRows(countOf(NEWLINE, chunk));
      done(null, chunk);
    },
  });
  await pipeline(output, count, input);
}

function countOf(byte: number, chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(byte); at !== -1; at = chunk.indexOf(byte, at + 1)) count += 1;
  return count;
}
