import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createSigner } from 'fast-jwt';
import pino from 'pino';
import { createTokenVerifier } from '@eduplatform/http-kit/auth';
import { localJwks } from '@eduplatform/http-kit/jwks';
import { Counters } from '@eduplatform/http-kit/rate-limits/counters';
import type { RateLimitOptions } from '@eduplatform/http-kit/rate-limits/rate-limits';
import type { App } from '@eduplatform/http-kit/server';
import type { SearchServer } from '@eduplatform/contracts/search-servers';
import type { Role } from '@eduplatform/contracts/primitives';
import { TOKEN_AUDIENCE, TOKEN_ISSUER, type PublicJwk } from '@eduplatform/contracts/tokens';
import { buildApp, type ReadApiDependencies } from '../../app.ts';
import { createSearchEngine } from '../../search/engine.ts';
import { createReadModel, type ReadModel } from '../../read-model/read-model.ts';
import { eventually } from '@eduplatform/local/testing/context';
import type { Mint } from '@eduplatform/local/testing/forged-tokens/forged-tokens';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'test', use: 'sig', alg: 'EdDSA' } as PublicJwk;
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
/** What forged tokens are made with. */
export const mint: Mint = { publicJwk: jwk, privateKey: pem, userId: randomUUID() };
const signer = (expiresIn: number) =>
  createSigner({ key: pem, algorithm: 'EdDSA', kid: 'test', iss: TOKEN_ISSUER, aud: TOKEN_AUDIENCE, expiresIn });
const sign = signer(900_000);

/** Authorization header of a user. */
export const as = (sub: string, role: Role = 'student'): { authorization: string } => ({
  authorization: `Bearer ${sign({ sub, role, name: 'Somebody' })}`,
});

/** The same, with a token that expires in at most so many milliseconds. */
export const briefly = (sub: string, milliseconds: number): { authorization: string } => ({
  authorization: `Bearer ${signer(milliseconds)({ sub, role: 'student', name: 'Somebody' })}`,
});

export interface TestApi {
  app: App;
  readModel: ReadModel;
  close(): Promise<void>;
}

export interface TestApiOptions extends Partial<
  Omit<ReadApiDependencies, 'readModel' | 'searchEngine' | 'rateLimits'>
> {
  redisUrl: string;
  prefix: string;
  /** Absent: a search engine that is not there. */
  search?: { url: string; apiKey: string; indexPrefix: string; timeoutMs?: number; maxBehindMs?: number };
  /** Search servers beside that one. */
  furtherSearch?: SearchServer[];
  /** Limits of rate classes that differ. */
  rateLimits?: RateLimitOptions['max'];
  cacheFreshMs?: number;
  /** Patient unless told: the machine may be busy with other tests. */
  commandTimeoutMs?: number;
  /** False: Redis is not expected to be there. */
  connects?: boolean;
}

/** Port 9 (discard) refuses connections. */
const NO_SEARCH = { url: 'http://127.0.0.1:9', apiKey: '', indexPrefix: 'none_' };

/** The read API on a Redis, connected. */
export async function startApi({
  redisUrl,
  prefix,
  search = NO_SEARCH,
  furtherSearch = [],
  cacheFreshMs,
  commandTimeoutMs = 5000,
  connects = true,
  rateLimits = {},
  ...given
}: TestApiOptions): Promise<TestApi> {
  const logger = pino({ level: 'silent' });
  const readModel = createReadModel({
    url: redisUrl,
    prefix,
    logger,
    commandTimeoutMs,
    ...(cacheFreshMs !== undefined && { cacheFreshMs }),
  });
  const { url, apiKey: key, ...limits } = search;
  const servers: SearchServer[] = [{ name: 'search', url, key }, ...furtherSearch];
  const searchEngine = createSearchEngine({ servers, ...limits, readModel, logger });
  const verifier = createTokenVerifier(localJwks(() => [jwk]));
  const counters = new Counters({ logger, redis: { url: redisUrl, prefix } });
  const app = await buildApp({
    logger,
    readModel,
    searchEngine,
    verifier,
    rateLimits: { counters, max: rateLimits },
    ...given,
  });
  counters.start();
  readModel.start();
  searchEngine.start();
  if (connects) {
    await eventually(() => readModel.isUp);
    await readModel.confirm();
  }
  return {
    app,
    readModel,
    async close() {
      await app.close();
      counters.stop();
      searchEngine.stop();
      await readModel.stop();
    },
  };
}
