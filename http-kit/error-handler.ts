import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { ProblemCode } from '@eduplatform/contracts/problems';
import { ProblemError, problemDocument } from './problem.ts';

/** Fastify's own errors, by their code. */
const FASTIFY_PROBLEMS: Record<string, ProblemCode> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_json',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_request',
  FST_ERR_ROUTE_MISSING_CONTENT_TYPE: 'unsupported_media_type',
  FST_ERR_BAD_URL: 'invalid_request',
  FST_ERR_MAX_PARAM_LENGTH: 'invalid_request',
  FST_ERR_REQUEST_TIMEOUT: 'request_timeout',
};

export type MapError = (error: unknown) => ProblemError | undefined;

/** Turns everything that a handler may throw into a ProblemError; what nobody foresaw says no more than internal_error. */
export function toProblem(error: unknown, mapError?: MapError): ProblemError {
  if (error instanceof ProblemError) return error;
  const mapped = mapError?.(error);
  if (mapped) return mapped;
  const fastifyError = error as Partial<FastifyError>;
  if (fastifyError.validation) return fromValidation(fastifyError);
  const known = FASTIFY_PROBLEMS[fastifyError.code ?? ''];
  if (known) return new ProblemError(known, undefined, { cause: error });
  if (error instanceof SyntaxError && fastifyError.statusCode === 400) return new ProblemError('malformed_json');
  if (fastifyError.statusCode === 503) {
    return new ProblemError('overloaded', undefined, { headers: { 'retry-after': '2' }, cause: error });
  }
  return new ProblemError('internal_error', undefined, { cause: error });
}

function fromValidation({ validation, validationContext }: Partial<FastifyError>): ProblemError {
  const errors = (validation ?? []).slice(0, 20).map(({ instancePath, message, params, keyword }) => ({
    path: `${validationContext ?? 'body'}${instancePath}`,
    message:
      keyword === 'additionalProperties'
        ? `unknown field "${String(params['additionalProperty'])}"`
        : (message ?? 'is not valid'),
  }));
  return new ProblemError('invalid_request', errors.map(({ path, message }) => `${path} ${message}`).join('; '), {
    errors,
  });
}

/** Sends a problem document. A 5xx is logged with its cause; the caller gets the request id to quote. */
export function createErrorHandler(mapError?: MapError) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const problem = toProblem(error, mapError);
    if (problem.status >= 500)
      request.log.error({ err: problem.cause ?? problem, code: problem.code }, problem.message);
    else request.log.debug({ code: problem.code }, problem.message);
    return reply
      .code(problem.status)
      .headers({ ...problem.headers, 'cache-control': 'no-store' })
      .type('application/problem+json')
      .serializer(JSON.stringify)
      .send(problemDocument(problem, request.url.split('?')[0] ?? '/', request.id));
  };
}
