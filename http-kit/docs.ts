import swagger from '@fastify/swagger';
import scalar from '@scalar/fastify-api-reference';
import type { FastifyInstance } from 'fastify';
import { markNames, openApiDocument } from './openapi.ts';
import { describeProblems } from './problem-responses.ts';

/** Collects the routes' schemas; must be registered before them. */
export async function registerSwagger(
  app: FastifyInstance,
  { title, description }: { title: string; description: string },
): Promise<void> {
  await app.register(swagger, {
    transform: ({ schema, url, route }) => ({ schema: markNames(describeProblems(schema, url, route)), url }),
    openapi: {
      openapi: '3.1.0',
      info: { title, description, version: '1.0.0' },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    },
  });
}

/** The browsable reference at `/docs`, from the app's own document at `/docs/openapi.json`. */
export async function registerReference(app: FastifyInstance): Promise<void> {
  const quiet = { schema: { hide: true }, config: { otel: false } } as const;
  let document: unknown;
  app.get('/docs/openapi.json', quiet, async () => (document ??= openApiDocument(app)));
  await app.register(scalar, { routePrefix: '/docs', configuration: { url: '/docs/openapi.json' } });
}
