import type { FastifyReply, FastifyRequest } from 'fastify';
import { HEADERS } from '@eduplatform/contracts/headers';
import type { AccessTokenClaims } from '@eduplatform/contracts/tokens';
import { bearerToken, type TokenVerifier } from './auth.ts';
import { KeysUnavailableError } from './jwks.ts';
import type { RecentTokens } from './kept-answers/recent-tokens.ts';
import type { RateLimits } from './rate-limits/rate-limits.ts';
import type { App } from './server.ts';

interface Admission {
  verifier?: TokenVerifier;
  limits: RateLimits;
  /** Where valid tokens are remembered. */
  recent?: RecentTokens;
  /** Headers of every answer, by name. */
  always: Record<string, string>;
}

/** Says who asks, and lets in who has not asked too often; also whoever guesses tokens is counted. */
export function admit(app: App, { verifier, limits, recent, always }: Admission): void {
  app.decorateRequest('user', null);
  const checkToken = async (request: FastifyRequest, reply: FastifyReply, verify: TokenVerifier): Promise<void> => {
    const refusal = await identify(request, verify, recent);
    await limits.admit(request, reply);
    if (refusal) throw refusal;
  };
  // Without promises where nothing has to be waited for: of a cached read they are a noticeable part.
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(always).header(HEADERS.requestId, request.id);
    const waiting =
      verifier && request.headers.authorization !== undefined
        ? checkToken(request, reply, verifier)
        : attempt(() => limits.admit(request, reply));
    if (waiting instanceof Error) done(waiting);
    else if (waiting) waiting.then(() => done(), done);
    else done();
  });
}

/** What it answers, or the error that it throws. */
function attempt<T>(act: () => T): T | Error {
  try {
    return act();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Sets the request's user; answers why its token is refused. */
async function identify(request: FastifyRequest, verifier: TokenVerifier, recent?: RecentTokens): Promise<unknown> {
  try {
    const token = bearerToken(request);
    if (token) request.user = await identityOf(verifier, token);
    if (token && request.user) recent?.remember(token, request.user);
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Whoever signs tokens may be away; reading then goes on as for a stranger, and what needs a user says so. */
async function identityOf(verifier: TokenVerifier, token: string): Promise<AccessTokenClaims | null> {
  try {
    return await verifier.verify(token);
  } catch (error) {
    if (error instanceof KeysUnavailableError) return null;
    throw error;
  }
}
