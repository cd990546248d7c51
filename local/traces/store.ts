import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Span } from './span.ts';

const LIMIT_BYTES = 24_000_000;

export interface SpanStore {
  /** Keeps the spans; calls are written one after another. */
  add(spans: Span[]): Promise<void>;
}

const filesOf = (directory: string) => [join(directory, 'spans.1.jsonl'), join(directory, 'spans.jsonl')] as const;

/** A bounded file of spans: when it is full it becomes the older half, and the older half before it is dropped. */
export function openSpanStore(directory: string, limitBytes = LIMIT_BYTES): SpanStore {
  const [older, current] = filesOf(directory);
  let last: Promise<void> = Promise.resolve();
  const write = async (spans: Span[]) => {
    await mkdir(directory, { recursive: true });
    if (existsSync(current) && (await stat(current)).size > limitBytes / 2) await rename(current, older);
    await appendFile(current, spans.map((span) => `${JSON.stringify(span)}\n`).join(''));
  };
  return {
    add(spans) {
      const written = last.then(() => write(spans));
      // A failed write is its caller's to report; the next one is tried all the same.
      last = written.catch(() => undefined);
      return written;
    },
  };
}

/** All kept spans, oldest first. A line that a crash cut short is skipped. */
export async function readSpans(directory: string): Promise<Span[]> {
  const texts = await Promise.all(filesOf(directory).map((file) => (existsSync(file) ? readFile(file, 'utf8') : '')));
  return texts.flatMap((text) => text.split('\n')).flatMap(parse);
}

function parse(line: string): Span[] {
  if (line === '') return [];
  try {
    return [JSON.parse(line) as Span];
  } catch {
    return [];
  }
}
