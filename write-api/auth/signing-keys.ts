import { createHash, createPrivateKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { PublicJwk } from '@eduplatform/contracts/tokens';
import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

/** An Ed25519 private key (RFC 8037) under its key id. */
const PrivateJwk = Type.Object({
  kty: Type.Literal('OKP'),
  crv: Type.Literal('Ed25519'),
  x: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
  d: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
  kid: Type.String({ minLength: 1 }),
});
type PrivateJwk = Static<typeof PrivateJwk>;

/** The file: the first key signs, all of them are published, so that tokens of an older one stay valid. */
const KeyFile = Type.Object({ keys: Type.Array(PrivateJwk, { minItems: 1 }) });

export interface SigningKeys {
  /** The key that signs: its id, and PKCS #8 PEM. */
  signing: { kid: string; privateKey: string };
  /** Every key that tokens may be checked with. */
  public: PublicJwk[];
}

/** Keys that live as long as the process. */
export const generateSigningKeys = (): SigningKeys => fromJwks([generateJwk()]);

/**
 * The keys in a file, which is made, readable to its owner alone, when it does not exist. Two processes that start at
 * once end up with the same keys. Throws when the file holds anything else.
 */
export async function loadSigningKeys(file: string): Promise<SigningKeys> {
  const existing = await readKeyFile(file);
  if (existing) return fromJwks(existing);
  await createKeyFile(file, [generateJwk()]);
  const created = await readKeyFile(file);
  if (!created) throw new Error(`${file} was removed as soon as it was made`);
  return fromJwks(created);
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

async function readKeyFile(file: string): Promise<PrivateJwk[] | null> {
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

/** Undefined for what is not JSON: the parser's own error would quote the secret. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Writes a file beside it and links it into place: whoever is first wins, and nobody reads half a file. */
async function createKeyFile(file: string, keys: PrivateJwk[]): Promise<void> {
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
    await link(temporary, file);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

function generateJwk(): PrivateJwk {
  const { x = '', d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  // RFC 7638: the thumbprint of the public key.
  const kid = createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url');
  return { kty: 'OKP', crv: 'Ed25519', x, d, kid };
}

function fromJwks(keys: PrivateJwk[]): SigningKeys {
  const [first] = keys;
  if (!first) throw new Error('there is no signing key');
  const privateKey = createPrivateKey({ key: first, format: 'jwk' })
    .export({ type: 'pkcs8', format: 'pem' })
    .toString();
  return {
    signing: { kid: first.kid, privateKey },
    public: keys.map(({ kty, crv, x, kid }) => ({ kty, crv, x, kid, use: 'sig', alg: 'EdDSA' })),
  };
}
