import type pg from 'pg';
import { createTokenVerifier } from '@eduplatform/http-kit/auth';
import { localJwks } from '@eduplatform/http-kit/jwks';
import { Counters } from '@eduplatform/http-kit/rate-limits/counters';
import type { RateLimitOptions } from '@eduplatform/http-kit/rate-limits/rate-limits';
import { createServer, type App } from '@eduplatform/http-kit/server';
import type { Logger } from '@eduplatform/observability/logger';
import { adminRoutes } from './admin/routes.ts';
import { authRoutes } from './auth/routes.ts';
import { AttemptLimits } from './auth/attempt-limits.ts';
import { SignInLimits } from './auth/sign-in-limits.ts';
import type { SigningKeys } from './auth/signing-keys.ts';
import { createAccessTokenSigner } from './auth/tokens.ts';
import { categoryRoutes } from './categories/routes.ts';
import type { WriteApiConfig } from './config.ts';
import { couponRoutes } from './coupons/routes.ts';
import { lifecycleRoutes } from './courses/lifecycle-routes.ts';
import { courseRoutes } from './courses/routes.ts';
import { mapError } from './errors.ts';
import { learningRoutes } from './learning-routes.ts';
import { lessonRoutes } from './lessons/routes.ts';
import { moduleRoutes } from './modules/routes.ts';
import { outlineRoutes } from './outline/routes.ts';
import type { PaymentDeps } from './payments/deps.ts';
import { paymentRoutes } from './payments/routes.ts';
import { PAYMENT_TIMING } from './payments/timing.ts';
import { studioRoutes } from './studio/routes.ts';
import { teacherRoutes } from './teachers/routes.ts';
import { accountRoutes } from './users/routes.ts';

export interface WriteApiDeps {
  config: Pick<WriteApiConfig, 'EDU_MODE'>;
  pool: pg.Pool;
  /** Woken after each commit that appended to the outbox. */
  notifier: { wake(): void };
  /** Read anew for each token, because keys are rotated while the process runs. */
  signingKeys: SigningKeys;
  logger: Logger;
  /** Proxies whose X-Forwarded-For names the caller: addresses, ranges, or `loopback`, `linklocal`, `uniquelocal`. */
  trustedProxies?: string[];
  rateLimits?: RateLimitOptions;
  /** Who takes money, and how long is waited for them; without it none is taken. */
  payments?: Pick<PaymentDeps, 'provider' | 'timing'>;
}

const MINUTE_MS = 60_000;

/** The write API, ready to listen or to be tested. Connects to nothing before its first request. */
export async function buildApp(dependencies: WriteApiDeps): Promise<App> {
  const { config, pool, notifier, signingKeys, logger, trustedProxies } = dependencies;
  const rateLimits = dependencies.rateLimits ?? { counters: new Counters({ logger }) };
  const app = await createServer({
    name: 'write-api',
    title: 'EduPlatform write API',
    description: 'Commands. Every command answers with its place in the outbox (`X-Outbox-Position`).',
    logger,
    verifier: createTokenVerifier(localJwks(() => signingKeys.public)),
    checks: {
      postgres: async () => {
        await pool.query('select 1');
      },
    },
    mapError,
    ...(trustedProxies && { trustProxy: trustedProxies }),
    rateLimits,
  });
  const deps = { pool, notifier };
  const limits = new SignInLimits(rateLimits.counters);
  authRoutes(app, {
    ...deps,
    sign: createAccessTokenSigner(signingKeys),
    limits,
    mailLimits: new AttemptLimits(rateLimits.counters, 'mail', { max: 5, windowMs: 60 * MINUTE_MS }),
    allowsDemoUsers: config.EDU_MODE === 'demo',
    publicKeys: () => signingKeys.public,
  });
  accountRoutes(app, { ...deps, limits });
  courseRoutes(app, deps);
  lifecycleRoutes(app, deps);
  moduleRoutes(app, deps);
  lessonRoutes(app, deps);
  outlineRoutes(app, deps);
  studioRoutes(app, deps);
  categoryRoutes(app, deps);
  teacherRoutes(app, deps);
  adminRoutes(app, deps);
  learningRoutes(app, deps);
  couponRoutes(app, deps);
  const payments = dependencies.payments ?? { provider: null, timing: PAYMENT_TIMING };
  paymentRoutes(app, { ...deps, ...payments, logger });
  return app;
}
