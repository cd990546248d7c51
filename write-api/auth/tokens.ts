import { createHash, randomBytes } from 'node:crypto';
import { createSigner } from 'fast-jwt';
import type { User } from '@eduplatform/contracts/http/auth';
import { ACCESS_TOKEN_SECONDS, TOKEN_AUDIENCE, TOKEN_ISSUER } from '@eduplatform/contracts/tokens';
import type { SigningKeys } from './signing-keys.ts';

/** Makes an access token for a user in one of their sessions. */
export type AccessTokenSigner = (user: Pick<User, 'id' | 'role' | 'name'>, sessionId: string) => string;

/** Signs with the key that signs at that moment: keys are rotated while the process runs. */
export function createAccessTokenSigner(keys: SigningKeys): AccessTokenSigner {
  const signerOf = memoizeLast(signerFor);
  return ({ id, role, name }, sid) => signerOf(keys.signing)({ sub: id, role, name, sid });
}

const signerFor = ({ kid, privateKey }: SigningKeys['signing']) =>
  createSigner({
    algorithm: 'EdDSA',
    key: privateKey,
    kid,
    iss: TOKEN_ISSUER,
    aud: TOKEN_AUDIENCE,
    expiresIn: ACCESS_TOKEN_SECONDS * 1000,
  });

function memoizeLast<A, R>(make: (argument: A) => R): (argument: A) => R {
  let last: { argument: A; result: R } | undefined;
  return (argument) => {
    if (last?.argument !== argument) last = { argument, result: make(argument) };
    return last.result;
  };
}

/** A new token for a session or a mail, of which only the hash is stored. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** The token is random and long, so a plain hash suffices. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();
