import { createReadStream, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { StoredRecord } from './records.ts';

/** Names of the files: `snapshot-7.jsonl` is the state before the first line of `journal-7.jsonl`. */

export type FileKind = 'snapshot' | 'journal';

export const filePath = (folder: string, kind: FileKind, number: number): string =>
  join(folder, `${kind}-${number}.jsonl`);

export interface DataFiles {
  /** Number of the newest whole snapshot, 0 when there is none. */
  snapshot: number;
  /** Journals since then, oldest first. */
  journals: number[];
  journalBytes: number;
  /** Number for the next journal. */
  next: number;
}

const NAME = /^(snapshot|journal)-(\d+)\.jsonl$/;

/** Looks at what is there; makes the folder when it is not. */
export function listFiles(folder: string): DataFiles {
  mkdirSync(folder, { recursive: true });
  const numbers: Record<FileKind, number[]> = { snapshot: [], journal: [] };
  for (const name of readdirSync(folder)) {
    const match = NAME.exec(name);
    if (match !== null) numbers[match[1] as FileKind].push(Number(match[2]));
  }
  const snapshot = Math.max(0, ...numbers.snapshot);
  const journals = numbers.journal.filter((number) => number >= snapshot).sort((left, right) => left - right);
  const journalBytes = journals.reduce((sum, number) => sum + statSync(filePath(folder, 'journal', number)).size, 0);
  return { snapshot, journals, journalBytes, next: Math.max(snapshot, ...numbers.journal, 0) + 1 };
}

/** Deletes what a newer snapshot has made superfluous. */
export function deleteOlder(folder: string, snapshot: number): void {
  for (const name of readdirSync(folder)) {
    const match = NAME.exec(name);
    const isOld = match !== null && Number(match[2]) < snapshot;
    if (isOld || name.endsWith('.tmp')) rmSync(join(folder, name), { force: true });
  }
}

/**
 * Reads a file line by line. A line that is not whole ends it: the process was killed while writing it, and whoever
 * asked was never told that it is stored. `onTorn` hears of it.
 */
export async function* readRecords(path: string, onTorn: (line: number) => void): AsyncGenerator<StoredRecord> {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity });
  let number = 0;
  for await (const line of lines) {
    number += 1;
    let record: StoredRecord;
    try {
      record = JSON.parse(line) as StoredRecord;
    } catch {
      onTorn(number);
      return;
    }
    yield record;
  }
}
