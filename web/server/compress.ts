import type { IncomingMessage, ServerResponse } from 'node:http';
import { constants, createBrotliCompress, createGzip, type BrotliCompress, type Gzip } from 'node:zlib';

/** Below this a header costs more than compression saves. */
const MIN_BYTES = 1_024;
const COMPRESSIBLE = /^(?:text\/(?!event-stream)|application\/(?:json|ld\+json|javascript)|image\/svg)/;

/**
 * The response, compressing what the pages render. Files of the build come compressed already and carry a
 * content-encoding; event streams stay as they are, since a compressor would hold them back.
 */
export function compressed(request: IncomingMessage, response: ServerResponse): ServerResponse {
  const encoding = preferred(request.headers['accept-encoding']);
  if (!encoding || request.method === 'HEAD') return response;

  let compressor: BrotliCompress | Gzip | null = null;
  const writeHead = response.writeHead.bind(response);
  const write = response.write.bind(response);
  const end = response.end.bind(response);

  response.writeHead = ((status: number, ...rest: [Record<string, string>?]) => {
    for (const [name, value] of Object.entries(rest[0] ?? {})) response.setHeader(name, value);
    if (isCompressible(status, response)) {
      response.removeHeader('content-length');
      response.setHeader('content-encoding', encoding);
      response.appendHeader('vary', 'accept-encoding');
      weakenEtag(response);
      compressor = start(encoding);
      compressor.on('data', (chunk: Buffer) => {
        if (!write(chunk)) compressor?.pause();
      });
      compressor.on('end', () => end());
      // Who writes waits for the response to drain, but it was the compressor that was full.
      compressor.on('drain', () => response.emit('drain'));
      response.on('drain', () => compressor?.resume());
      response.on('close', () => compressor?.destroy());
    }
    return writeHead(status);
  }) as typeof response.writeHead;

  response.write = ((...parameters: Parameters<typeof write>) => {
    if (!response.headersSent) response.writeHead(response.statusCode);
    return compressor ? compressor.write(parameters[0] as Uint8Array) : write(...parameters);
  }) as typeof response.write;

  response.end = ((...parameters: Parameters<typeof end>) => {
    if (!response.headersSent) response.writeHead(response.statusCode);
    if (!compressor) return end(...parameters);
    compressor.end(parameters[0] as Uint8Array | undefined);
    return response;
  }) as typeof response.end;

  return response;
}

function isCompressible(status: number, response: ServerResponse): boolean {
  if (status === 204 || status === 206 || status === 304 || response.hasHeader('content-encoding')) return false;
  const length = Number(response.getHeader('content-length') ?? Number.POSITIVE_INFINITY);
  return length >= MIN_BYTES && COMPRESSIBLE.test(String(response.getHeader('content-type') ?? ''));
}

const start = (encoding: 'br' | 'gzip'): BrotliCompress | Gzip =>
  encoding === 'br'
    ? createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
    : createGzip({ level: 6 });

const preferred = (accepted: string | undefined): 'br' | 'gzip' | null => {
  const names = new Set((accepted ?? '').split(',').map((part) => part.trim().split(';')[0]));
  return names.has('br') ? 'br' : names.has('gzip') ? 'gzip' : null;
};

/** The bytes differ by encoding, so a strong tag would promise too much. */
function weakenEtag(response: ServerResponse): void {
  const etag = response.getHeader('etag');
  if (typeof etag === 'string' && !etag.startsWith('W/')) response.setHeader('etag', `W/${etag}`);
}
