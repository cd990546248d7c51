import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lastLines, openLog } from './log-file.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'eduplatform-log-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

test('a full log becomes the older one, and only one older one is kept', () => {
  const path = join(directory, 'part.log');
  const log = openLog(path, 10);
  for (const line of ['first is long\n', 'second is long\n', 'third\n']) log.write(line);
  log.close();
  expect(readFileSync(`${path}.1`, 'utf8')).toBe('second is long\n');
  expect(readFileSync(path, 'utf8')).toBe('third\n');
});

test('the last lines are those at the end; a missing log has none', () => {
  const path = join(directory, 'part.log');
  const log = openLog(path);
  log.write('one\ntwo\nthree\n');
  log.close();
  expect(lastLines(path, 2)).toEqual(['two', 'three']);
  expect(lastLines(join(directory, 'none.log'), 2)).toEqual([]);
});

test('a closed log ignores what comes late', () => {
  const log = openLog(join(directory, 'part.log'));
  log.close();
  expect(() => log.write('late')).not.toThrow();
});

test('a log that cannot be rotated loses lines, says so, and goes on when it can', () => {
  const path = join(directory, 'part.log');
  // A file cannot take the place of a folder.
  mkdirSync(`${path}.1`);
  const log = openLog(path, 10);
  for (const line of ['first is long\n', 'lost\n', 'lost\n']) log.write(line);
  expect(readFileSync(path, 'utf8')).toBe('first is long\n');
  rmSync(`${path}.1`, { recursive: true });
  log.write('second\n');
  log.close();
  expect(readFileSync(path, 'utf8')).toBe('(2 pieces of this log could not be written)\nsecond\n');
});
