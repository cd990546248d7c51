import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startHarness, type Harness } from './harness.ts';

const program = fileURLToPath(new URL('../users/promote-main.ts', import.meta.url));

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

async function promote(email: string, url: string | undefined): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [program, email], { env: { ...process.env, DATABASE_URL: url } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

it('makes a registered user an admin from a container, and says what is missing', async () => {
  const url = harness.database.url;
  const body = { email: 'first@example.com', password: 'correct horse battery', name: 'First' };
  await harness.send('POST', '/v1/auth/register', { body });
  expect(await promote('first@example.com', url)).toMatchObject({ code: 0 });
  const login = await harness.send('POST', '/v1/auth/login', { body: { email: body.email, password: body.password } });
  expect(login.body.user.role).toBe('admin');
  const stranger = await promote('stranger@example.com', url);
  expect(stranger.code).toBe(1);
  expect(stranger.output).toContain('Nobody has registered as stranger@example.com');
  expect((await promote('first@example.com', undefined)).output).toContain('DATABASE_URL is not set');
  expect((await promote('first', url)).output).toContain('Whose account?');
});
