import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyBaseLogger } from 'fastify';
import { bearerToken, type TokenVerifier } from '@eduplatform/http-kit/auth';
import { createErrorHandler } from '@eduplatform/http-kit/error-handler';
import { Counters } from '@eduplatform/http-kit/rate-limits/counters';
import { serializerCompiler, validatorCompiler } from '@eduplatform/http-kit/schema-compilers';
import { createServer, type App } from '@eduplatform/http-kit/server';
import type { Middleware } from '../config.ts';

export interface BaselineServer {
  name: string;
  middleware: Middleware;
  logger: FastifyBaseLogger;
  verifier: TokenVerifier;
  /** Throws while the database cannot be reached. */
  check: () => Promise<void>;
}

/** So high that nobody who measures meets a limit; the counting is done all the same. */
const NO_LIMIT = 1e6;

/**
 * The server that the routes of a baseline are registered on: with all that the product's services have around their
 * handlers, so that what differs is how they read, or as bare as can be.
 */
export const createBaselineServer = (options: BaselineServer): Promise<App> =>
  options.middleware === 'production' ? productionServer(options) : bareServer(options);

const productionServer = ({ name, logger, verifier, check }: BaselineServer): Promise<App> =>
  createServer({
    name,
    title: name,
    description: 'What the read API is compared with.',
    logger,
    verifier,
    rateLimits: { counters: new Counters({ logger }), factor: NO_LIMIT },
    checks: { postgres: check },
  });

async function bareServer({ logger, verifier, check }: BaselineServer): Promise<App> {
  const app = Fastify({ logger: false }).withTypeProvider<TypeBoxTypeProvider>() as unknown as App;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  const answerError = createErrorHandler();
  app.setErrorHandler((error, request, reply) => {
    logger.error({ err: error }, (error as Error).message);
    return answerError(error, request, reply);
  });
  app.decorateRequest('user', null);
  app.addHook('onRequest', async (request) => {
    const token = bearerToken(request);
    if (token !== null) request.user = await verifier.verify(token);
  });
  app.get('/livez', async () => ({ status: 'ok' }));
  app.get('/readyz', async () => {
    await check();
    return { status: 'ready' };
  });
  return app;
}
