import { once } from 'node:events';
import { request as ask, type IncomingMessage } from 'node:http';

/** Names that belong to one connection or describe a body as it was sent. */
const NOT_PASSED_ON = ['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding'];

export interface Forwarded {
  method: string;
  url: URL;
  headers: IncomingMessage['headers'];
  body: Buffer;
  /** Sends half of the body, and the rest when this has ended. */
  halfway?: () => Promise<void>;
}

export interface Answer {
  status: number;
  type: string;
  text: string;
}

/** Passes a request on. Rejects when the server is away. */
export async function forward({ method, url, headers, body, halfway }: Forwarded): Promise<Answer> {
  const passed = Object.entries(headers).filter(([name]) => !NOT_PASSED_ON.includes(name));
  const request = ask(url, {
    ...{ method, agent: false },
    headers: { ...Object.fromEntries(passed), ...(body.length > 0 && { 'content-length': body.length }) },
  });
  const answered = once(request, 'response') as Promise<[IncomingMessage]>;
  // When the connection breaks halfway, that is told below.
  answered.catch(() => undefined);
  const half = halfway ? Math.floor(body.length / 2) : 0;
  if (halfway) {
    request.write(body.subarray(0, half));
    await halfway();
  }
  request.end(body.subarray(half));
  const [response] = await answered;
  const text = Buffer.concat(await response.toArray()).toString('utf8');
  return { status: response.statusCode ?? 502, type: response.headers['content-type'] ?? 'application/json', text };
}
