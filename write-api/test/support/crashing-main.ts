import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { createPool } from '@eduplatform/db/pool';
import { createLogger } from '@eduplatform/observability/logger';
import { buildApp } from '../../app.ts';
import { generateSigningKeys } from '../../auth/signing-keys.ts';
import { createAccessTokenSigner } from '../../auth/tokens.ts';
import { createMockProvider } from '../../payments/mock-provider.ts';
import type { PaymentProvider } from '../../payments/provider.ts';
import { PAYMENT_TIMING } from '../../payments/timing.ts';
import type { CrashingRequest, CrashPoint } from './crash.ts';

// The write API in a process that answers one request and is killed at one step of it.
const { at, databaseUrl, userId, url, key, body } = JSON.parse(process.env['CRASH'] ?? '') as CrashingRequest;

const reach = (point: CrashPoint): void => {
  if (point === at) process.kill(process.pid, 'SIGKILL');
};

function dyingPool(): pg.Pool {
  const pool = createPool({ connectionString: databaseUrl, applicationName: 'crashing' });
  let commits = 0;
  const connect = pool.connect.bind(pool) as () => Promise<pg.PoolClient>;
  const dyingConnect = async (): Promise<pg.PoolClient> => {
    const client = await connect();
    const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>;
    const dyingQuery = async (...given: unknown[]): Promise<unknown> => {
      if (given[0] !== 'commit') return query(...given);
      commits += 1;
      reach(`before commit ${commits}` as CrashPoint);
      const done = await query(...given);
      reach(`after commit ${commits}` as CrashPoint);
      return done;
    };
    return new Proxy(client, { get: (of, name) => (name === 'query' ? dyingQuery : bound(of, name)) });
  };
  return new Proxy(pool, { get: (of, name) => (name === 'connect' ? dyingConnect : bound(of, name)) });
}

function bound(of: object, name: string | symbol): unknown {
  const value: unknown = Reflect.get(of, name);
  return typeof value === 'function' ? value.bind(of) : value;
}

const dyingAround =
  <A extends unknown[], R>(call: (...given: A) => Promise<R>) =>
  async (...given: A): Promise<R> => {
    reach('before the provider');
    const answer = await call(...given);
    reach('after the provider');
    return answer;
  };

const builtIn = createMockProvider({ connectionString: databaseUrl });
const provider: PaymentProvider = {
  ...builtIn,
  charge: dyingAround(builtIn.charge),
  refund: dyingAround(builtIn.refund),
};
const signingKeys = generateSigningKeys();
const pool = dyingPool();
const app = await buildApp({
  config: { EDU_MODE: 'demo' },
  pool,
  notifier: { wake: () => {} },
  signingKeys,
  logger: createLogger('crashing', 'silent'),
  payments: { provider, timing: PAYMENT_TIMING },
});
const token = createAccessTokenSigner(signingKeys)({ id: userId, role: 'student', name: 'Sam' }, randomUUID());
const answer = await app.inject({
  method: 'POST',
  url,
  headers: { authorization: `Bearer ${token}`, ...(key !== undefined && { 'idempotency-key': key }) },
  payload: body,
});
process.stdout.write(`${answer.statusCode} ${answer.body}\n`);
await app.close();
await builtIn.close();
await pool.end();
