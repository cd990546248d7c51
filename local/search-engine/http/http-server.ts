import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { EngineThread } from '../engine/engine-thread.ts';
import { errorText, type Log } from '../engine/log.ts';
import type { EngineResponse } from '../engine/protocol.ts';
import { MeiliError, toMeiliError } from '../errors.ts';
import { readBody } from './read-body.ts';

export interface HttpLimits {
  /** Bytes of one body after decompression. */
  bodyBytes: number;
  /** Requests being answered at the same time. */
  concurrentRequests: number;
}

const REQUEST_TIMEOUT_MS = 60_000;

function send(response: ServerResponse, { status, body }: EngineResponse): void {
  response.statusCode = status;
  if (status === 503) response.setHeader('Retry-After', '10');
  if (body === '') {
    response.end();
    return;
  }
  response.setHeader('Content-Type', 'application/json');
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

const errorResponse = (error: MeiliError): EngineResponse => ({
  status: error.status,
  body: JSON.stringify(error.toBody()),
});

/** Moves requests to the engine's thread and its answers back; does no other work, so that it never blocks. */
export function createHttpServer(engine: EngineThread, limits: HttpLimits, log: Log): Server {
  let current = 0;
  const answer = async (request: IncomingMessage): Promise<EngineResponse> => {
    const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
    if (path === '/health' && request.method === 'GET') return { status: 200, body: '{"status":"available"}' };
    if (current >= limits.concurrentRequests) {
      throw new MeiliError(
        'too_many_search_requests',
        `Too many search requests running at the same time: ${limits.concurrentRequests}. Retry after 10s.`,
      );
    }
    current += 1;
    try {
      return await engine.request({
        method: request.method ?? 'GET',
        path,
        query,
        authorization: request.headers.authorization,
        contentType: request.headers['content-type'],
        body: await readBody(request, limits.bodyBytes),
      });
    } finally {
      current -= 1;
    }
  };
  return createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    answer(request)
      .catch((error: unknown) => {
        if (!(error instanceof MeiliError)) log('error', 'request failed', { error: errorText(error) });
        response.setHeader('Connection', 'close');
        return errorResponse(toMeiliError(error));
      })
      .then((result) => {
        send(response, result);
      })
      .catch((error: unknown) => {
        log('error', 'response could not be sent', { error: errorText(error) });
        response.destroy();
      });
  });
}
