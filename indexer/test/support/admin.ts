import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type pg from 'pg';
import { onTestFinished } from 'vitest';
import type { Role } from '@eduplatform/contracts/primitives';
import { TOKEN_AUDIENCE, TOKEN_ISSUER, type PublicJwk } from '@eduplatform/contracts/tokens';
import { localJwks } from '@eduplatform/http-kit/jwks';
import { buildApp, type AppDependencies } from '../../app.ts';
import { LagHistory } from '../../run/lag-history.ts';
import { createBench, silent } from './bench.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
export const jwk = {
  ...publicKey.export({ format: 'jwk' }),
  kid: 'test',
  use: 'sig',
  alg: 'EdDSA',
} as unknown as PublicJwk;
export const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The header of a request of this user. */
export function bearer(userId: string, role: Role): { authorization: string } {
  const now = Math.floor(Date.now() / 1000);
  const claims = { sub: userId, role, name: 'Somebody', iat: now, exp: now + 60 };
  const text = `${encode({ alg: 'EdDSA', kid: 'test' })}.${encode({ ...claims, iss: TOKEN_ISSUER, aud: TOKEN_AUDIENCE })}`;
  return { authorization: `Bearer ${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}` };
}

export async function insertUser(pool: pg.Pool, role: Role): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into users (email, password_hash, name, role) values ($1, 'none', 'Somebody', $2) returning id`,
    [`${randomUUID()}@example.com`, role],
  );
  return rows[0]?.id ?? '';
}

const NOWHERE = {
  redis: { url: 'redis://127.0.0.1:9', prefix: 'none' },
  search: { url: 'http://127.0.0.1:9', masterKey: '', indexPrefix: '' },
  readApiUrl: 'http://127.0.0.1:9',
};

/** The admin API, of an indexer that does not run unless one is given. */
export async function createAdminApp(
  pool: pg.Pool,
  indexer: AppDependencies['indexer'] = { epoch: () => null, sinks: () => [], history: new LagHistory() },
  places: AppDependencies['places'] = NOWHERE,
) {
  const app = await buildApp({
    ...{ logger: silent, keys: localJwks(() => [jwk]), pool, indexer, places },
    readQueues: async () => new Map([['search', 3]]),
  });
  onTestFinished(() => app.close());
  return app;
}

/** A database with an admin, and what they get when they ask. */
export async function createAdminBench(given?: AppDependencies['indexer']) {
  const bench = await createBench();
  const app = await createAdminApp(bench.pool, given);
  const adminId = await insertUser(bench.pool, 'admin');
  const headers = bearer(adminId, 'admin');
  const ask = (method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) =>
    app.inject({ method, url: `/v1/admin/indexer${path}`, headers, ...(payload && { payload }) });
  const audited = async () => {
    const { rows } = await bench.pool.query<{ action: string }>('select action from audit_log order by id');
    return rows.map(({ action }) => action);
  };
  return { ...bench, app, adminId, headers, ask, audited };
}
