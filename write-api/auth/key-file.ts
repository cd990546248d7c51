import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ACCESS_TOKEN_SECONDS } from '@eduplatform/contracts/tokens';
import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

/** An Ed25519 private key (RFC 8037) under its key id. */
const PrivateJwk = Type.Object({
  kty: Type.Literal('OKP'),
  crv: Type.Literal('Ed25519'),
  x: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
  d: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
  kid: Type.String({ minLength: 1 }),
  /** When another key took its place, in milliseconds since 1970. */
  retiredAt: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type PrivateJwk = Static<typeof PrivateJwk>;

/** The file: the first key signs, all of them are published, so that tokens of an older one stay valid. */
const KeyFile = Type.Object({ keys: Type.Array(PrivateJwk, { minItems: 1 }) });

/** A process may go on signing with a retired key until it has read the file again, and clocks differ. */
const SKEW_SECONDS = 60;

/** Whether tokens that the key signed may still be valid. */
export const isAlive = ({ retiredAt }: PrivateJwk, now: number): boolean =>
  retiredAt === undefined || now < retiredAt + (ACCESS_TOKEN_SECONDS + SKEW_SECONDS) * 1000;

/** The keys in a file; null when there is none. Throws when it holds anything else. */
export async function readKeyFile(file: string): Promise<PrivateJwk[] | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
  const content = parseJson(text);
  if (!Value.Check(KeyFile, content)) throw new Error(`${file} does not hold signing keys`);
  return content.keys;
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** Undefined for what is not JSON: the parser's own error would quote the secret. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Makes the file unless it is there: whoever is first wins, and nobody reads half a file. */
export const createKeyFile = (file: string, keys: PrivateJwk[]): Promise<void> =>
  putInPlace(file, keys, (temporary) =>
    link(temporary, file).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    }),
  );

/** Replaces the file in one step. */
const replaceKeyFile = (file: string, keys: PrivateJwk[]): Promise<void> =>
  putInPlace(file, keys, (temporary) => rename(temporary, file));

/** Writes a file beside it, readable to its owner alone, and puts it into place when it is whole and on the disk. */
async function putInPlace(file: string, keys: PrivateJwk[], put: (temporary: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${randomUUID()}`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify({ keys }, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await put(temporary);
  } finally {
    await rm(temporary, { force: true });
  }
}

/**
 * Puts a new key in front of a file; the one that signed so far is retired, and those are dropped whose last token is
 * dead. Processes that run take the file up by themselves. Answers the ids of the new key and of all that stay.
 */
export async function rotateKeyFile(file: string, now: number): Promise<{ kid: string; kept: string[] }> {
  const unlock = await lock(`${file}.lock`);
  try {
    const [current, ...older] = (await readKeyFile(file)) ?? [];
    const next = generateJwk();
    const retired = current ? [{ ...current, retiredAt: now }, ...older] : [];
    const kept = retired.filter((key) => isAlive(key, now));
    await replaceKeyFile(file, [next, ...kept]);
    return { kid: next.kid, kept: kept.map(({ kid }) => kid) };
  } finally {
    await unlock();
  }
}

async function lock(path: string): Promise<() => Promise<void>> {
  await mkdir(dirname(path), { recursive: true });
  try {
    await (await open(path, 'wx', 0o600)).close();
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    throw new Error(`The keys are being rotated already. If they are not, remove ${path}`, { cause: error });
  }
  return () => rm(path, { force: true });
}

export function generateJwk(): PrivateJwk {
  const { x = '', d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  // RFC 7638: the thumbprint of the public key.
  const kid = createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url');
  return { kty: 'OKP', crv: 'Ed25519', x, d, kid };
}
