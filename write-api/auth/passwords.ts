import { hash, verify } from '@node-rs/argon2';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { createLimiter } from './limiter.ts';

/** OWASP's minimum for argon2id: 19 MiB, two passes; some 80 ms of one core. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hashing saturates cores, so only a few run at once; more wait, and past a second or two of work the rest is refused. */
const limited = createLimiter({
  concurrency: 2,
  maxWaiting: 30,
  refuse: () => new ProblemError('overloaded', 'too many people are signing in', { headers: { 'retry-after': '2' } }),
});

/** Hash of a password, as stored. Throws overloaded when too many hashes are waiting. */
export const hashPassword = (password: string): Promise<string> => limited(() => hash(normalize(password), OPTIONS));

/** A hash of nothing that anybody knows, verified for unknown users so that they take as long as known ones. */
const DUMMY_HASH = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXRoaW5nIHNhbHR5IQ$VJwFfLbcbXL2rEcWbM0MXDLbCdTtcHnl8QMGDDBKQLo';

/**
 * Whether the password has the hash; always false, in the same time, without one. What is no hash is none: no password
 * fits an account that has none. Throws overloaded.
 */
export async function verifyPassword(storedHash: string | null, password: string): Promise<boolean> {
  const isHash = storedHash?.startsWith('$argon2id$') === true;
  const matches = await limited(() => verify(isHash ? storedHash : DUMMY_HASH, normalize(password)));
  return matches && isHash;
}

/** The same letters can be typed as different code points. */
const normalize = (password: string): string => password.normalize('NFKC');
