import { open, rename } from 'node:fs/promises';
import { filePath } from './files.ts';
import type { StoredRecord } from './records.ts';

const BATCH_CHARACTERS = 256 * 1024;

/** Writes a snapshot beside the old one and puts it in place when it is whole. Answers its size in bytes. */
export async function writeSnapshot(folder: string, number: number, records: Iterable<StoredRecord>): Promise<number> {
  const path = filePath(folder, 'snapshot', number);
  const file = await open(`${path}.tmp`, 'w');
  let bytes = 0;
  try {
    let batch = '';
    const flush = async (): Promise<void> => {
      bytes += Buffer.byteLength(batch);
      await file.writeFile(batch);
      batch = '';
    };
    for (const record of records) {
      batch += `${JSON.stringify(record)}\n`;
      if (batch.length >= BATCH_CHARACTERS) await flush();
    }
    await flush();
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.tmp`, path);
  return bytes;
}
