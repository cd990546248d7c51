import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { createPool } from '@eduplatform/db/pool';
import { Counters } from '@eduplatform/http-kit/rate-limits/counters';
import type { RateLimitOptions } from '@eduplatform/http-kit/rate-limits/rate-limits';
import type { App } from '@eduplatform/http-kit/server';
import { createLogger } from '@eduplatform/observability/logger';
import { createTestDatabase } from '@eduplatform/local/testing/context';
import type { Mint } from '@eduplatform/local/testing/forged-tokens/forged-tokens';
import { buildApp } from '../app.ts';
import { generateSigningKeys } from '../auth/signing-keys.ts';
import { createAccessTokenSigner } from '../auth/tokens.ts';
import { createMockProvider } from '../payments/mock-provider.ts';
import type { PaymentProvider } from '../payments/provider.ts';
import { PAYMENT_TIMING, type PaymentTiming } from '../payments/timing.ts';

type Body = Record<string, unknown>;
type Role = 'student' | 'teacher' | 'admin';

export interface Answer {
  status: number;
  // The tests look at answers of many shapes.
  body: ReturnType<typeof JSON.parse>;
  text: string;
  headers: Record<string, string | string[] | number | undefined>;
}

export interface Person {
  id: string;
  token: string;
}

export interface OutboxRow {
  type: string;
  aggregate_id: string;
  aggregate_version: number;
  payload: Body;
  trace_parent: string | null;
}

/** One person in a test sends as much as a school: limits of their own are tested where they matter, with `rateLimits`. */
const AMPLE = { read: 1e9, command: 1e9, refresh: 1e9, expensive: 1e9 };

const signingKeys = generateSigningKeys();
const sign = createAccessTokenSigner(signingKeys);

/** What tokens of any kind are forged with, in the name of a user. */
export function mintOf(userId: string): Mint {
  const [publicJwk] = signingKeys.public;
  if (!publicJwk) throw new Error('there is no public key');
  return { publicJwk, privateKey: signingKeys.signing.privateKey, userId };
}

export interface HarnessOptions {
  /** Limits of rate classes that differ. */
  rateLimits?: RateLimitOptions['max'];
  /** Where counts are shared; without it the app counts for itself. */
  redis?: { url: string; prefix: string };
  /** Who takes money; the built-in provider unless told. */
  provider?: (builtIn: PaymentProvider) => PaymentProvider | null;
  /** Times of payments that differ. */
  timing?: Partial<PaymentTiming>;
}

/** The app that ships, on a database of its own. Stop it after the tests. */
export async function startHarness(mode: 'demo' | 'production' = 'demo', options: HarnessOptions = {}) {
  const database = await createTestDatabase();
  const pool = createPool({ connectionString: database.url, applicationName: 'write-api-test' });
  await pool.query(
    `insert into categories (slug, name_en, name_ru, hue, motif)
     values ('cooking', 'Cooking', 'Кулинария', 70, 'waves'), ('math', 'Mathematics', 'Математика', 285, 'arcs')`,
  );
  const wakes = { count: 0 };
  const logger = createLogger('write-api-test', 'silent');
  const counters = new Counters({ logger, ...(options.redis && { redis: options.redis }) });
  counters.start();
  const notifier = { wake: () => (wakes.count += 1) };
  const builtIn = createMockProvider({ connectionString: database.url });
  const payments = {
    provider: options.provider ? options.provider(builtIn) : builtIn,
    timing: { ...PAYMENT_TIMING, ...options.timing },
  };
  const app = await buildApp({
    config: { EDU_MODE: mode },
    pool,
    notifier,
    signingKeys,
    logger,
    payments,
    trustedProxies: ['loopback'],
    rateLimits: { counters, max: { ...AMPLE, ...options.rateLimits } },
  });
  await app.ready();
  return {
    app,
    pool,
    wakes,
    database,
    /** What the reconciler works with. */
    payments: { pool, notifier, logger, ...payments },
    send: (method: string, url: string, options?: SendOptions) => send(app, method, url, options),
    person: (role: Role, name?: string, isVerified?: boolean) => person(pool, role, name, isVerified),
    outbox: (aggregateId?: string) => outbox(pool, aggregateId),
    async stop() {
      await app.close();
      counters.stop();
      await builtIn.close();
      await pool.end();
      await database.drop();
    },
  };
}

export type Harness = Awaited<ReturnType<typeof startHarness>>;

export interface SendOptions {
  as?: Person;
  body?: unknown;
  version?: number;
  headers?: Record<string, string>;
}

export async function send(app: App, method: string, url: string, options: SendOptions = {}): Promise<Answer> {
  const { as, body, version, headers } = options;
  const response = await app.inject({
    method: method as 'GET',
    url,
    headers: {
      ...(as && { authorization: `Bearer ${as.token}` }),
      ...(version !== undefined && { 'if-match': `"${version}"` }),
      ...(typeof body === 'string' && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { payload: body as Body }),
  });
  const isJson = String(response.headers['content-type']).includes('json');
  return {
    status: response.statusCode,
    body: isJson ? response.json() : undefined,
    text: response.body,
    headers: response.headers,
  };
}

let people = 0;

/** Teachers are verified unless told. */
async function person(pool: pg.Pool, role: Role, name = 'Somebody', isVerified = role === 'teacher'): Promise<Person> {
  people += 1;
  const { rows } = await pool.query<{ id: string }>(
    `insert into users (email, password_hash, name, role, is_verified) values ($1, 'none', $2, $3, $4) returning id`,
    [`person-${people}@example.com`, name, role, isVerified],
  );
  const id = rows[0]?.id ?? '';
  return { id, token: sign({ id, role, name }, randomUUID()) };
}

async function outbox(pool: pg.Pool, aggregateId?: string): Promise<OutboxRow[]> {
  const { rows } = await pool.query<OutboxRow>(
    `select type, aggregate_id, aggregate_version, payload, trace_parent from outbox
     where $1::text is null or aggregate_id = $1 order by transaction_id, position`,
    [aggregateId ?? null],
  );
  return rows;
}

export interface DraftCourse {
  id: string;
  version: number;
  moduleId: string;
  lessonId: string;
}

/** A draft with one module and one lesson, ready to be published. */
export async function createDraft({ send }: Harness, as: Person, title = 'Bread at home'): Promise<DraftCourse> {
  const course = await send('POST', '/v1/courses', {
    as,
    body: { title, category: 'cooking', descriptionMd: 'Bake.' },
  });
  const id = String(course.body.courseId);
  const module = await send('POST', `/v1/courses/${id}/modules`, { as, version: 1, body: { title: 'Dough' } });
  const moduleId = String(module.body.id);
  const lesson = await send('POST', `/v1/modules/${moduleId}/lessons`, {
    as,
    version: 2,
    body: { title: 'Kneading', bodyMd: '## Why\n\nGluten.', durationMinutes: 7 },
  });
  return { id, version: Number(lesson.body.version), moduleId, lessonId: String(lesson.body.id) };
}
