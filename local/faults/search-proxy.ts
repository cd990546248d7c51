import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SearchRequest {
  method: string;
  /** Without the query. */
  path: string;
}

/** What the proxy makes of a request: passes it on, takes on documents without keeping them, or refuses them. */
export type Verdict = 'pass' | 'fail task' | 'disk full';

/** Stands before the search server as a proxy that lets tasks fail, and tells what passes. */
export class SearchProxy {
  readonly #target: string;
  readonly #failed = new Map<number, string>();
  #nextUid = 1_000_000_000;
  #url = '';
  readonly #server = createServer((request, response) => void this.#handle(request, response));
  /** Before a request is passed on. */
  judge: (request: SearchRequest) => Verdict = () => 'pass';
  /** After its answer arrived, before that is passed back. */
  onAnswer: (request: SearchRequest) => void = () => {};

  constructor(target: string) {
    this.#target = target;
  }

  get url(): string {
    return this.#url;
  }

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** Forgets what it was told to do. */
  reset(): void {
    this.judge = () => 'pass';
    this.onAnswer = () => {};
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const body = Buffer.concat(await request.toArray());
      const { pathname: path, searchParams } = new URL(request.url ?? '/', this.#target);
      const method = request.method ?? 'GET';
      const verdict = this.judge({ method, path });
      if (verdict !== 'pass') return this.#pretend(verdict, path, response);
      const answer = await this.#forward(request, body);
      this.onAnswer({ method, path });
      const uids = (searchParams.get('uids') ?? '')
        .split(',')
        .map(Number)
        .filter((uid) => this.#failed.has(uid));
      response.writeHead(answer.status, { 'content-type': answer.type });
      response.end(path === '/tasks' && uids.length > 0 ? this.#withFailed(answer.text, uids) : answer.text);
    } catch {
      // The server is away: so is the proxy.
      response.destroy();
    }
  }

  async #forward(request: IncomingMessage, body: Buffer): Promise<{ status: number; type: string; text: string }> {
    const { host: _, connection: __, 'content-length': ___, 'transfer-encoding': ____, ...headers } = request.headers;
    const answer = await fetch(new URL(request.url ?? '/', this.#target), {
      method: request.method ?? 'GET',
      headers: headers as Record<string, string>,
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    });
    const type = answer.headers.get('content-type') ?? 'application/json';
    return { status: answer.status, type, text: await answer.text() };
  }

  #pretend(verdict: Verdict, path: string, response: ServerResponse): void {
    const uid = (this.#nextUid += 1);
    if (verdict === 'disk full') {
      response.writeHead(500, { 'content-type': 'application/json' });
      const error = { message: 'No space left on device', code: 'no_space_left_on_device', type: 'system', link: '' };
      return void response.end(JSON.stringify(error));
    }
    this.#failed.set(uid, path);
    response.writeHead(202, { 'content-type': 'application/json' });
    const task = {
      taskUid: uid,
      indexUid: path.split('/')[2] ?? null,
      status: 'enqueued',
      type: 'documentAdditionOrUpdate',
    };
    response.end(JSON.stringify({ ...task, enqueuedAt: new Date().toISOString() }));
  }

  #withFailed(text: string, uids: number[]): string {
    const answer = JSON.parse(text) as { results: unknown[] };
    const error = { message: 'it was made to fail', code: 'internal', type: 'internal', link: '' };
    return JSON.stringify({
      ...answer,
      results: [...uids.map((uid) => ({ uid, status: 'failed', error })), ...answer.results],
    });
  }
}
