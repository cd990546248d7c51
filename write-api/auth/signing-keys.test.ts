import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTokenVerifier } from '@eduplatform/http-kit/auth';
import { localJwks } from '@eduplatform/http-kit/jwks';
import { createLogger } from '@eduplatform/observability/logger';
import { readKeyFile, rotateKeyFile } from './key-file.ts';
import { generateSigningKeys, loadSigningKeys, watchSigningKeys } from './signing-keys.ts';
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

const USER = { id: 'u1', role: 'teacher', name: 'Ann' } as const;
const MINUTE = 60_000;

describe('rotating signing keys', () => {
  it('signs with the new key in a process that runs, and still believes tokens of the old one', async () => {
    const file = join(folder, 'keys.json');
    const watched = await watchSigningKeys(file, createLogger('test', 'silent'), 10);
    try {
      const sign = createAccessTokenSigner(watched.keys);
      const verifier = createTokenVerifier(localJwks(() => watched.keys.public));
      const before = sign(USER, 's1');
      const old = watched.keys.signing.kid;
      const { kid, kept } = await rotateKeyFile(file, Date.now());
      expect(kept).toEqual([old]);
      await vi.waitFor(() => expect(watched.keys.signing.kid).toBe(kid));
      const after = sign(USER, 's1');
      expect(after.split('.')[0]).not.toBe(before.split('.')[0]);
      for (const token of [before, after]) expect(await verifier.verify(token)).toMatchObject({ sub: 'u1' });
      expect(watched.keys.public.map((key) => key.kid)).toEqual([kid, ...kept]);
    } finally {
      watched.stop();
    }
  });

  it('drops a key once the last token signed with it is dead', async () => {
    const file = join(folder, 'keys.json');
    await loadSigningKeys(file);
    const now = Date.now();
    const first = await rotateKeyFile(file, now - 17 * MINUTE);
    expect((await loadSigningKeys(file)).public.map(({ kid }) => kid)).toEqual([first.kid]);
    const second = await rotateKeyFile(file, now);
    expect(second.kept).toEqual([first.kid]);
    expect((await loadSigningKeys(file)).public.map(({ kid }) => kid)).toEqual([second.kid, first.kid]);
    expect((await readKeyFile(file))?.length).toBe(2);
  });

  it('keeps what it has while the file cannot be read, and takes the next good one', async () => {
    const file = join(folder, 'keys.json');
    const watched = await watchSigningKeys(file, createLogger('test', 'silent'), 10);
    try {
      const good = await readFile(file, 'utf8');
      const { kid } = watched.keys.signing;
      await writeFile(file, '{');
      const token = createAccessTokenSigner(watched.keys)(USER, 's1');
      expect(await createTokenVerifier(localJwks(() => watched.keys.public)).verify(token)).toMatchObject({
        sub: 'u1',
      });
      expect(watched.keys.signing.kid).toBe(kid);
      await writeFile(file, good);
      const next = await rotateKeyFile(file, Date.now());
      await vi.waitFor(() => expect(watched.keys.signing.kid).toBe(next.kid));
    } finally {
      watched.stop();
    }
  });

  it('happens once at a time', async () => {
    const file = join(folder, 'keys.json');
    await loadSigningKeys(file);
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => rotateKeyFile(file, Date.now())));
    const done = results.filter(({ status }) => status === 'fulfilled').length;
    expect(await readKeyFile(file)).toHaveLength(1 + done);
    await writeFile(`${file}.lock`, '');
    await expect(rotateKeyFile(file, Date.now())).rejects.toThrow(/being rotated already/);
  });
});
