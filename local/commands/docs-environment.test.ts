import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../platform/paths.ts';

const read = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8');

/** Each service reads its environment in one place. */
const CONFIGS = [
  'write-api/config.ts',
  'read-api/config.ts',
  'indexer/config.ts',
  'web/server/config.ts',
  'web/src/env.ts',
  'local/supervisor/config.ts',
];
/** Set by the stack itself, or by everybody's tools. */
const NOT_A_SETTING = new Set(['HOST', 'PORT', 'NODE_ENV', 'CI']);

const variablesOf = (source: string): string[] =>
  [...source.matchAll(/(?:^\s+|\[['"]|env\.|['"])([A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+)(?=:|['"]\]|['"]|\b)/gm)].flatMap(
    ([, name]) => (name && !NOT_A_SETTING.has(name) ? [name] : []),
  );

describe('the table of settings in README.md', () => {
  const readme = read('README.md');

  it.each(CONFIGS)('names every variable of %s', (file) => {
    const variables = [...new Set(variablesOf(read(file)))];
    expect(variables.length).toBeGreaterThan(1);
    expect(variables.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });
});
