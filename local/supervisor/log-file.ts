import { closeSync, existsSync, openSync, readSync, renameSync, statSync, writeSync } from 'node:fs';

const LIMIT_BYTES = 5_000_000;
const TAIL_BYTES = 16_000;

/** A log that never holds more than twice its limit: at the limit it becomes `<path>.1`, replacing the one before. */
export interface LogFile {
  write(chunk: Buffer | string): void;
  close(): void;
}

export function openLog(path: string, limitBytes = LIMIT_BYTES): LogFile {
  let file = openSync(path, 'a');
  let size = statSync(path).size;
  let open = true;
  const rotate = () => {
    closeSync(file);
    renameSync(path, `${path}.1`);
    file = openSync(path, 'a');
    size = 0;
  };
  return {
    write(chunk) {
      // A process may still say something while it is being ended.
      if (!open) return;
      if (size > limitBytes) rotate();
      size += typeof chunk === 'string' ? writeSync(file, chunk) : writeSync(file, chunk);
    },
    close() {
      if (open) closeSync(file);
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
