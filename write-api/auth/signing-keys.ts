import { createPrivateKey } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { PublicJwk } from '@eduplatform/contracts/tokens';
import type { Logger } from '@eduplatform/observability/logger';
import { createKeyFile, generateJwk, isAlive, readKeyFile, type PrivateJwk } from './key-file.ts';

/** Read each time that they are needed, because keys are rotated while the process runs. */
export interface SigningKeys {
  /** The key that signs: its id, and PKCS #8 PEM. */
  readonly signing: { kid: string; privateKey: string };
  /** Every key that tokens may be checked with. */
  readonly public: PublicJwk[];
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

const POLL_MS = 2000;

export interface WatchedKeys {
  keys: SigningKeys;
  stop(): void;
}

/** The keys in a file, made when it is missing, and taken up anew whenever the file changes. */
export async function watchSigningKeys(file: string, logger: Logger, pollMs = POLL_MS): Promise<WatchedKeys> {
  let current = await loadSigningKeys(file);
  let seen = await stampOf(file);
  const look = async (): Promise<void> => {
    try {
      const stamp = await stampOf(file);
      if (stamp === seen) return;
      current = await loadSigningKeys(file);
      seen = stamp;
      logger.info({ kid: current.signing.kid, keys: current.public.length }, 'the signing keys were rotated');
    } catch (error) {
      logger.warn({ err: error }, 'the signing keys cannot be read; those of before are used');
    }
  };
  let looking = Promise.resolve();
  const timer = setInterval(() => (looking = looking.then(look)), pollMs);
  timer.unref();
  const keys: SigningKeys = {
    get signing() {
      return current.signing;
    },
    get public() {
      return current.public;
    },
  };
  return { keys, stop: () => clearInterval(timer) };
}

/** Each rotation puts a new file into place, also within one tick of the clock. */
async function stampOf(file: string): Promise<string> {
  const { ino, mtimeMs, size } = await stat(file);
  return `${ino} ${mtimeMs} ${size}`;
}

function fromJwks(keys: PrivateJwk[]): SigningKeys {
  const [first] = keys;
  if (!first) throw new Error('there is no signing key');
  const privateKey = createPrivateKey({ key: { ...first }, format: 'jwk' })
    .export({ type: 'pkcs8', format: 'pem' })
    .toString();
  return {
    signing: { kid: first.kid, privateKey },
    get public() {
      const now = Date.now();
      return keys
        .filter((key) => isAlive(key, now))
        .map(({ kty, crv, x, kid }) => ({ kty, crv, x, kid, use: 'sig', alg: 'EdDSA' }) as const);
    },
  };
}
