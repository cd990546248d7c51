import { createHash, randomBytes } from 'node:crypto';
import { createSigner } from 'fast-jwt';
import type { User } from '@eduplatform/contracts/http/auth';
import { ACCESS_TOKEN_SECONDS, TOKEN_AUDIENCE, TOKEN_ISSUER } from '@eduplatform/contracts/tokens';
import type { SigningKeys } from './signing-keys.ts';

/** Makes an access token for a user. */
export type AccessTokenSigner = (user: Pick<User, 'id' | 'role' | 'name'>) => string;

export function createAccessTokenSigner({ signing }: SigningKeys): AccessTokenSigner {
  const sign = createSigner({
    algorithm: 'EdDSA',
    key: signing.privateKey,
    kid: signing.kid,
    iss: TOKEN_ISSUER,
    aud: TOKEN_AUDIENCE,
    expiresIn: ACCESS_TOKEN_SECONDS * 1000,
  });
  return ({ id, role, name }) => sign({ sub: id, role, name });
}

/** A new refresh token, of which only the hash is stored. */
export const newRefreshToken = (): string => randomBytes(32).toString('base64url');

/** The token is random and long, so a plain hash suffices. */
export const hashRefreshToken = (token: string): Buffer => createHash('sha256').update(token).digest();
