import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import type { JsonObject } from '../json.ts';
import { filePath } from './files.ts';
import type { StoredRecord } from './records.ts';

const PART_SIZE = 100;

/** The file that grows: a line is in the operating system's hands before the caller goes on, so a killed process loses none. */
export class Journal {
  readonly #folder: string;
  #number: number;
  #file: number;
  #bytes: number;
  #parts = 0;
  #writingParts = 0;

  /** `earlierBytes`: what the journals before it hold that no snapshot covers yet. */
  constructor(folder: string, number: number, earlierBytes: number) {
    this.#bytes = earlierBytes;
    this.#folder = folder;
    this.#number = number;
    this.#file = openSync(filePath(folder, 'journal', number), 'a');
  }

  get number(): number {
    return this.#number;
  }

  /** Bytes written since the last snapshot. */
  get bytes(): number {
    return this.#bytes;
  }

  append(record: StoredRecord): void {
    const line = Buffer.from(`${JSON.stringify(record)}\n`);
    let written = 0;
    while (written < line.length) written += writeSync(this.#file, line, written);
    this.#bytes += line.length;
  }

  /** Writes many documents in parts, yielding in between; answers the id that their task names. */
  async appendDocuments(documents: readonly JsonObject[]): Promise<string> {
    const id = `${this.#number}.${++this.#parts}`;
    this.#writingParts += 1;
    for (let at = 0; at < documents.length; at += PART_SIZE) {
      this.append({ k: 'part', id, documents: documents.slice(at, at + PART_SIZE) });
      await new Promise(setImmediate);
    }
    return id;
  }

  /** To be called when the task that names the parts is written down: until then they must stay in one file with it. */
  partsDone(): void {
    this.#writingParts -= 1;
  }

  get isWritingParts(): boolean {
    return this.#writingParts > 0;
  }

  /** Begins the next file; answers its number. */
  rotate(): number {
    const next = this.#number + 1;
    const file = openSync(filePath(this.#folder, 'journal', next), 'a');
    // A power cut may cost the end of what was written, never something in the middle: this file first, then the next one.
    fdatasyncSync(this.#file);
    closeSync(this.#file);
    this.#file = file;
    this.#number = next;
    this.#bytes = 0;
    return next;
  }

  close(): void {
    closeSync(this.#file);
  }
}
