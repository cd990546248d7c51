import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repositoryRoot } from '../../platform/paths.ts';
import { run } from '../../platform/run.ts';
import { createTestStack, type TestStack } from '../../testing/stack.ts';
import { ApiTeacher, type Json } from './api-client.ts';

let stack: TestStack;

beforeAll(async () => {
  stack = await createTestStack({}, ['--scale', 'small']);
  await stack.start();
});
afterAll(async () => {
  await stack.remove();
});

const command = async (name: string, ...args: string[]): Promise<{ code: number | null; lines: string[] }> => {
  const file = join(repositoryRoot, 'local', 'commands', `${name}.ts`);
  const { code, output } = await run({ command: process.execPath, args: [file, ...args], env: stack.env });
  return { code, lines: output.trim().split('\n') };
};

test('a start on a scale seeds its database, and says how fast the read models were built', async () => {
  const { prefixes, services } = await stack.stack();
  expect(prefixes).toEqual({ redis: 'edu_small', search: 'small_' });
  expect(new URL(services.postgres?.url ?? '').pathname).toBe('/eduplatform_small');
  expect(stack.output()).toMatch(/Indexer .* redis built at [\d,]+ documents\/s; search built at [\d,]+ documents\/s/);
});

test('its courses are in the catalog, and the demo logins work', async () => {
  const { url } = await stack.service('readApi');
  const catalog: Json = await (await fetch(`${url}/v1/courses?limit=50`)).json();
  expect(catalog.items).toHaveLength(50);
  for (const role of ['admin', 'teacher', 'student']) {
    await ApiTeacher.signIn(stack, `${role}@eduplatform.com`, 'demo-password');
  }
});

test('commands find its read models, which are as Postgres', async () => {
  const { lines } = await command('doctor');
  for (const place of ['Redis', 'search']) {
    expect(lines.join('\n')).toMatch(new RegExp(`In ${place} +1000 courses, 4000 lessons`));
  }
  expect(lines.at(-1)).toBe('0 problems');
  expect((await command('verify')).lines.at(-1)).toBe('drift 0');
});

test('another scale is seeded beside it, on the same server', async () => {
  const first = await command('seed', '--scale', 'demo');
  expect(first.lines.at(-1)).toMatch(/^demo, seed 1: [\d,]+ rows in [\d.]+ s, 0 invariants broken$/);
  expect(first.code).toBe(0);
  const second = await command('seed', '--scale', 'demo', '--seed', '2');
  expect(second.lines.at(-1)).toMatch(/^seed void: .* holds demo, seed 1, and not demo, seed 2/);
  expect(second.code).toBe(1);
  const replaced = await command('seed', '--scale', 'demo', '--seed', '2', '--replace');
  expect(replaced.lines.at(-1)).toMatch(/^demo, seed 2: /);
});

test('what is complete is told, and what people have signed in to, or is in use, is not replaced', async () => {
  const again = await command('seed', '--scale', 'small');
  expect(again.lines.at(-1)).toMatch(/^small, seed 1: [\d,]+ rows were there already$/);
  const livedIn = await command('seed', '--scale', 'small', '--replace');
  expect(livedIn.lines.at(-1)).toMatch(/^seed void: People have used eduplatform_small since it was filled/);
  const refused = await command('seed', '--scale', 'small', '--replace', '--force');
  expect(refused.lines.at(-1)).toMatch(/^seed void: The database eduplatform_small is in use/);
});
