import type { FastifyInstance } from 'fastify';

export type Checks = Record<string, () => Promise<void>>;

const CHECK_TIMEOUT_MS = 2000;

export interface CheckResult {
  ok: boolean;
  latencyMs: number;
  error?: string;
}

/** `/livez` says that the process answers; `/readyz` asks each dependency and turns 503 while the service drains. */
export function registerHealth(app: FastifyInstance, checks: Checks, isDraining: () => boolean): void {
  const quiet = { config: { otel: false }, logLevel: 'silent', schema: { hide: true } } as const;
  app.get('/livez', quiet, async () => ({ status: 'ok' }));
  app.get('/readyz', quiet, async (_request, reply) => {
    const results = Object.fromEntries(
      await Promise.all(Object.entries(checks).map(async ([name, check]) => [name, await run(check)] as const)),
    );
    const ready = !isDraining() && Object.values(results).every(({ ok }) => ok);
    if (!ready) reply.code(503).header('retry-after', '1');
    return { status: isDraining() ? 'draining' : ready ? 'ready' : 'not ready', checks: results };
  });
}

async function run(check: () => Promise<void>): Promise<CheckResult> {
  const started = performance.now();
  const latency = (): number => Math.round((performance.now() - started) * 10) / 10;
  let timer: NodeJS.Timeout | undefined;
  try {
    const timeout = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_TIMEOUT_MS} ms`)), CHECK_TIMEOUT_MS);
    });
    await Promise.race([check(), timeout]);
    return { ok: true, latencyMs: latency() };
  } catch (error) {
    return { ok: false, latencyMs: latency(), error: (error as Error).message };
  } finally {
    clearTimeout(timer);
  }
}
