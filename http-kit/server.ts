import otel from '@fastify/otel';
import underPressure from '@fastify/under-pressure';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyServerFactory,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify';
import { admit } from './admission.ts';
import type { TokenVerifier } from './auth.ts';
import { registerReference, registerSwagger } from './docs.ts';
import { createErrorHandler, type MapError } from './error-handler.ts';
import { registerHealth, type Checks } from './health.ts';
import { Front } from './kept-answers/front.ts';
import type { KeptAnswers } from './kept-answers/kept-answer.ts';
import { RecentTokens } from './kept-answers/recent-tokens.ts';
import { httpServer } from './kept-answers/http-server.ts';
import { ProblemError } from './problem.ts';
import { Counters } from './rate-limits/counters.ts';
import { RateLimits, type RateLimitOptions } from './rate-limits/rate-limits.ts';
import { requestIdOf } from './request-id.ts';
import { lazyRequestLogger } from './request-logger.ts';
import { measureRequests, RequestDurations } from './request-metrics.ts';
import { collectRoutes } from './route-table.ts';
import { serializerCompiler, validatorCompiler } from './schema-compilers.ts';
import { securityHeaders } from './security-headers.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** From now on `/readyz` answers 503, so that a load balancer sends no more requests. */
    beginDraining(): void;
  }
}

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export interface ServerOptions {
  name: string;
  title: string;
  description: string;
  logger: FastifyBaseLogger;
  /** Checks bearer tokens; without it every request is anonymous. */
  verifier?: TokenVerifier;
  /** Dependencies that `/readyz` asks. */
  checks: Checks;
  mapError?: MapError;
  /** Bytes; 1 MiB unless told. */
  bodyLimit?: number;
  /** Proxies whose X-Forwarded-For is believed: addresses or CIDR ranges. */
  trustProxy?: string[];
  /** How the limits of rate classes are counted, and what differs from RATE_LIMITS; by this process alone unless told. */
  rateLimits?: RateLimitOptions;
  /** Answers that are sent before the framework sees the request. */
  keptAnswers?: KeptAnswers;
}

/** Event-loop delay at which new requests get 503 rather than a place in a queue that never empties. */
const MAX_EVENT_LOOP_DELAY_MS = 1000;
/** Between two measurements of it. */
const SAMPLE_MS = 1000;

/** Milliseconds. */
const TIMEOUTS = { requestTimeout: 15_000, connectionTimeout: 30_000, keepAliveTimeout: 72_000 };

/** The server that both APIs and the indexer's admin API are built on. Register routes, then `listen` or `inject`. */
export async function createServer(options: ServerOptions): Promise<App> {
  let draining = false;
  let front: Front | undefined;
  // With a server that it is given Fastify listens at one address of a name alone: only where one is needed.
  const serverFactory: FastifyServerFactory = (handler) =>
    httpServer(TIMEOUTS, (request, response) => {
      if (!front?.answer(request, response)) handler(request, response);
    });
  const answerError = createErrorHandler(options.mapError);
  const app = Fastify({
    // What fails before there is a route, such as a path that cannot be decoded.
    frameworkErrors: answerError,
    loggerInstance: options.logger,
    // One line per request would cost more than most requests; the metrics and traces have them.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    childLoggerFactory: lazyRequestLogger,
    genReqId: requestIdOf,
    bodyLimit: options.bodyLimit ?? 1024 * 1024,
    ...TIMEOUTS,
    ...(options.keptAnswers && { serverFactory }),
    trustProxy: options.trustProxy ?? false,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
  }).withTypeProvider<TypeBoxTypeProvider>() as App;

  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);
  acceptEmptyBodies(app);
  app.setNotFoundHandler((request) => {
    throw new ProblemError('not_found', `${request.method} ${request.url.split('?')[0]} is not a route`);
  });
  app.decorate('beginDraining', () => {
    draining = true;
  });

  const tracing = new otel.FastifyOtelInstrumentation({
    instrumentHooks: false,
    instrumentHandler: false,
    // So that `npm run trace` finds a trace by the request id that an error page shows.
    requestHook: (span, request) => void span.setAttribute('request.id', request.id),
  });
  await app.register(tracing.plugin());
  let listensSince = Infinity;
  app.server.on('listening', () => (listensSince = performance.now()));
  await app.register(underPressure, {
    maxEventLoopDelay: MAX_EVENT_LOOP_DELAY_MS,
    sampleInterval: SAMPLE_MS,
    pressureHandler() {
      // Until it has listened for two measurements, the delay is that of loading the program, and there is no queue to shed:
      // a worker that takes another's place would answer the others' requests with 503.
      if (performance.now() - listensSince > 2 * SAMPLE_MS)
        throw new ProblemError('overloaded', undefined, { headers: { 'retry-after': '2' } });
    },
  });
  const durations = new RequestDurations();
  measureRequests(app, durations);
  collectRoutes(app);
  const limits = new RateLimits(options.rateLimits ?? { counters: new Counters({ logger: options.logger }) });
  const always = securityHeaders();
  const { verifier, trustProxy, keptAnswers: answers } = options;
  const recent = answers && new RecentTokens();
  admit(app, { limits, always, ...(verifier && { verifier }), ...(recent && { recent }) });
  if (answers && recent) {
    front = new Front({
      ...{ limits, always, recent },
      answers,
      durations,
      ...(trustProxy && { trustProxy }),
      isShedding: sheddingOf(app),
    });
  }
  await registerSwagger(app, options);
  registerHealth(app, options.checks, () => draining);
  await registerReference(app);
  return app;
}

/** Many clients name a content type also where they send no body; only a body that is not JSON is malformed. */
function acceptEmptyBodies(app: App): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else parseJson(request, body as string, done);
  });
}

/** Whether the framework refuses requests now. */
function sheddingOf(app: App): () => boolean {
  let isClosing = false;
  app.addHook('preClose', (done) => {
    isClosing = true;
    done();
  });
  return () => isClosing || app.isUnderPressure();
}
