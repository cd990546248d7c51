import { createPrivateKey, createHmac, sign, type KeyObject } from 'node:crypto';
import { TOKEN_AUDIENCE, TOKEN_ISSUER, type PublicJwk } from '@eduplatform/contracts/tokens';

/** Something that looks like an access token and must be refused. */
export interface ForgedToken {
  name: string;
  token: string;
}

/** What a forger may have come by, and the private key, with which what is otherwise genuine is spoiled in one place. */
export interface Mint {
  publicJwk: PublicJwk;
  /** PKCS #8 PEM. */
  privateKey: string;
  /** Id of a user who exists, in whose name the tokens speak: an admin, so that nothing else refuses them. */
  userId: string;
}

type Json = unknown;

export const encode = (value: Json): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

export const header = ({ publicJwk }: Mint): Record<string, Json> => ({ alg: 'EdDSA', typ: 'JWT', kid: publicJwk.kid });

export function claims({ userId }: Mint): Record<string, Json> {
  const now = Math.floor(Date.now() / 1000);
  return {
    sub: userId,
    role: 'admin',
    name: 'Somebody',
    iss: TOKEN_ISSUER,
    aud: TOKEN_AUDIENCE,
    iat: now,
    exp: now + 600,
  };
}

const signingKey = (mint: Mint): KeyObject => createPrivateKey(mint.privateKey);

/** Signed with Ed25519, by the true key unless told. */
export function signed(mint: Mint, head: Json, body: Json, key = signingKey(mint)): string {
  const text = `${encode(head)}.${encode(body)}`;
  return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`;
}

/** Signed with a secret, as by HS256. */
export function withSecret(head: Json, body: Json, bits: string, secret: string | Buffer): string {
  const text = `${encode(head)}.${encode(body)}`;
  return `${text}.${createHmac(`sha${bits}`, secret).update(text).digest('base64url')}`;
}

/** A token that is refused by nobody. */
export const genuine = (mint: Mint): string => signed(mint, header(mint), claims(mint));

/** Names what was made of each value. */
export const each = <T>(what: string, values: [string, T][], make: (value: T) => string): ForgedToken[] =>
  values.map(([name, value]) => ({ name: `${what}: ${name}`, token: make(value) }));

/** JSON of a value as its name. */
export const named = <T>(values: T[]): [string, T][] =>
  values.map((value) => [(JSON.stringify(value) ?? 'none').slice(0, 60), value]);
