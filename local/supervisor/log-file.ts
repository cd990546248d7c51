import { closeSync, existsSync, openSync, readSync, renameSync, statSync, writeSync } from 'node:fs';

const LIMIT_BYTES = 5_000_000;
const TAIL_BYTES = 16_000;

/** A log that never holds more than twice its limit: at the limit it becomes `<path>.1`, replacing the one before. */
export interface LogFile {
  /** Never throws: what cannot be written is left out, and the log says so once it can be written again. */
  write(chunk: Buffer | string): void;
  close(): void;
}

export function openLog(path: string, limitBytes = LIMIT_BYTES): LogFile {
  let file: number | undefined = openSync(path, 'a');
  let size = statSync(path).size;
  let open = true;
  let lost = 0;
  const close = () => {
    if (file !== undefined) closeSync(file);
    file = undefined;
  };
  const rotate = () => {
    close();
    renameSync(path, `${path}.1`);
    size = 0;
  };
  const append = (chunk: Buffer | string) => {
    file ??= openSync(path, 'a');
    size += typeof chunk === 'string' ? writeSync(file, chunk) : writeSync(file, chunk);
  };
  return {
    write(chunk) {
      // A process may still say something while it is being ended.
      if (!open) return;
      try {
        if (size > limitBytes) rotate();
        if (lost > 0) append(`(${lost} pieces of this log could not be written)\n`);
        lost = 0;
        append(chunk);
      } catch {
        // The disk is full, say, or somebody holds the file: what the log tells of must not end for that.
        lost += 1;
      }
    },
    close() {
      close();
      open = false;
    },
  };
}

/** The last lines of a log, for a person who wants to know why it ended. */
export function lastLines(path: string, count: number): string[] {
  if (!existsSync(path)) return [];
  const file = openSync(path, 'r');
  try {
    const { size } = statSync(path);
    const buffer = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(file, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString('utf8').trimEnd().split('\n').slice(-count);
  } finally {
    closeSync(file);
  }
}
