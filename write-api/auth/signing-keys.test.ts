import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTokenVerifier } from '@eduplatform/http-kit/auth';
import { localJwks } from '@eduplatform/http-kit/jwks';
import { generateSigningKeys, loadSigningKeys } from './signing-keys.ts';
import { createAccessTokenSigner } from './tokens.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signing-keys-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('signing keys', () => {
  it('are made once, for their owner alone, even by two processes at once', async () => {
    const file = join(folder, 'secrets', 'keys.json');
    const [first, second] = await Promise.all([loadSigningKeys(file), loadSigningKeys(file)]);
    expect(second).toEqual(first);
    expect(await loadSigningKeys(file)).toEqual(first);
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it.each(['{', '{"keys":[]}', '{"keys":[{"kty":"RSA","d":"hunter2"}]}'])(
    'are not taken from a file that holds %s, which is left alone and not quoted',
    async (text) => {
      const file = join(folder, 'keys.json');
      await writeFile(file, text);
      const error = await loadSigningKeys(file).catch((reason: Error) => reason);
      expect(String(error)).toContain('does not hold signing keys');
      expect(String(error)).not.toContain('hunter2');
      expect(await readFile(file, 'utf8')).toBe(text);
    },
  );

  it('sign tokens that their public halves verify, and no others', async () => {
    const keys = generateSigningKeys();
    const token = createAccessTokenSigner(keys)({ id: 'u1', role: 'teacher', name: 'Ann' }, 's1');
    const claims = await createTokenVerifier(localJwks(() => keys.public)).verify(token);
    expect(claims).toMatchObject({ sub: 'u1', sid: 's1', role: 'teacher', name: 'Ann', iss: 'eduplatform' });
    expect(JSON.stringify(keys.public)).not.toContain('"d"');
    const others = createTokenVerifier(localJwks(() => generateSigningKeys().public));
    await expect(others.verify(token)).rejects.toMatchObject({ code: 'invalid_token' });
  });
});
