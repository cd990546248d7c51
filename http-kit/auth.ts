import { createPublicKey } from 'node:crypto';
import { createVerifier } from 'fast-jwt';
import type { FastifyRequest } from 'fastify';
import { Type } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { Role } from '@eduplatform/contracts/primitives';
import { TOKEN_AUDIENCE, TOKEN_ISSUER, type AccessTokenClaims, type PublicJwk } from '@eduplatform/contracts/tokens';
import type { KeySource } from './jwks.ts';
import { ProblemError } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sends the request; null when nobody signed in. */
    user: AccessTokenClaims | null;
  }
}

export interface TokenVerifier {
  /** Claims of a valid token. Throws ProblemError invalid_token or token_expired. */
  verify(token: string): Promise<AccessTokenClaims>;
}

type Verify = (token: string) => unknown;

/** What the write API signs, and nothing else: a signature says who wrote the claims, not what they hold. */
const claims = TypeCompiler.Compile(
  Type.Object({
    iss: Type.String(),
    aud: Type.String(),
    sub: Type.String({ minLength: 1 }),
    role: Role,
    name: Type.String(),
    sid: Type.Optional(Type.String()),
    iat: Type.Number(),
    exp: Type.Number(),
    nbf: Type.Optional(Type.Number()),
  }),
);

/** Verifiers are kept per key; fast-jwt caches what it has verified, which saves the signature check of a repeated token. */
const MAX_KEYS = 16;

export function createTokenVerifier(keys: KeySource): TokenVerifier {
  const verifiers = new Map<string, Verify>();
  const verifierOf = async (kid: string): Promise<Verify> => {
    const known = await keys.find(kid);
    if (!known) throw new ProblemError('invalid_token', 'the token is signed with an unknown key');
    let verify = verifiers.get(known.x);
    if (!verify) {
      if (verifiers.size >= MAX_KEYS) verifiers.clear();
      verify = verifierFor(known);
      verifiers.set(known.x, verify);
    }
    return verify;
  };
  return {
    async verify(token) {
      const verify = await verifierOf(kidOf(token));
      try {
        const payload = verify(token);
        // The verifier lets a token pass that says nothing of its issuer or audience.
        if (!claims.Check(payload)) throw new TypeError('the claims are not those of an access token');
        return payload;
      } catch (error) {
        const expired = (error as { code?: string }).code === 'FAST_JWT_EXPIRED';
        throw new ProblemError(expired ? 'token_expired' : 'invalid_token', undefined, { cause: error });
      }
    },
  };
}

const verifierFor = (jwk: PublicJwk): Verify =>
  createVerifier({
    key: createPublicKey({ key: { kty: jwk.kty, crv: jwk.crv, x: jwk.x }, format: 'jwk' })
      .export({ type: 'spki', format: 'pem' })
      .toString(),
    algorithms: ['EdDSA'],
    allowedIss: TOKEN_ISSUER,
    allowedAud: TOKEN_AUDIENCE,
    cache: 1000,
  });

const MAX_TOKEN_LENGTH = 4096;

function kidOf(token: string): string {
  const [header] = token.split('.', 1);
  try {
    if (token.length > MAX_TOKEN_LENGTH) throw new RangeError('too long');
    const { kid } = JSON.parse(Buffer.from(header ?? '', 'base64url').toString()) as { kid?: unknown };
    if (typeof kid === 'string') return kid;
    throw new TypeError('no kid');
  } catch (error) {
    throw new ProblemError('invalid_token', undefined, { cause: error });
  }
}

/** The bearer token of a request, or null when it carries none. */
export function bearerToken(request: FastifyRequest): string | null {
  const header = request.headers.authorization;
  if (header === undefined) return null;
  const match = /^Bearer ([A-Za-z0-9._-]+)$/i.exec(header);
  if (!match?.[1]) throw new ProblemError('invalid_token', 'send "Authorization: Bearer <token>"');
  return match[1];
}

/** The user of a request on a route behind requireUser. */
export function userOf(request: FastifyRequest): AccessTokenClaims {
  if (!request.user) throw new ProblemError('unauthenticated');
  return request.user;
}

/** preHandler: somebody must be signed in. */
export async function requireUser(request: FastifyRequest): Promise<void> {
  userOf(request);
}

/** preHandler: somebody with one of the roles must be signed in. */
export const requireRole =
  (...roles: Role[]) =>
  async (request: FastifyRequest): Promise<void> => {
    if (!roles.includes(userOf(request).role))
      throw new ProblemError('forbidden', `this needs the role ${roles.join(' or ')}`);
  };
