import type { Role } from './primitives.ts';

export const TOKEN_ISSUER = 'eduplatform';
export const TOKEN_AUDIENCE = 'eduplatform-api';
/** Seconds that an access token lives. */
export const ACCESS_TOKEN_SECONDS = 900;
/** Seconds that a refresh token lives when it is not used. */
export const REFRESH_TOKEN_SECONDS = 30 * 24 * 3600;

/** What an access token says of its bearer. */
export interface AccessTokenClaims {
  /** User id. */
  sub: string;
  role: Role;
  name: string;
  /** Id of the sign-in that it was issued for. */
  sid?: string;
  iat: number;
  exp: number;
}

/** A public key as `/.well-known/jwks.json` lists it (RFC 8037). */
export interface PublicJwk {
  kty: 'OKP';
  crv: 'Ed25519';
  x: string;
  kid: string;
  use: 'sig';
  alg: 'EdDSA';
}
