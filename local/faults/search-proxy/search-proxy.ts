import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { Trap, type Moment } from '../../testing/trap.ts';
import { forward, type Answer } from './forward.ts';
import { refusal, TaskAnswers } from './task-answers.ts';

export interface SearchRequest {
  method: string;
  /** Without the query. */
  path: string;
}

/** What becomes of a request: it is refused, or its task fails without having done anything. Null: it passes. */
export type Verdict = { refusedWith: string } | { taskFailsWith: string } | null;

type Matches = (request: SearchRequest) => boolean;

/** Documents sent to any of the indexes, the checkpoint among them. */
export const isDocuments: Matches = ({ method, path }) => method === 'POST' && path.endsWith('/documents');

/** Stands before the search server: catches requests, lets them or their tasks fail, spoils documents, and hangs. */
export class SearchProxy {
  readonly #target: string;
  readonly #tasks = new TaskAnswers();
  readonly #server = createServer((request, response) => void this.#handle(request, response));
  #url = '';
  #set: { trap: Trap; matches: Matches } | null = null;
  #hangs = false;
  /** Asked of each request before it is passed on. */
  judge: (request: SearchRequest) => Verdict = () => null;
  /** The document with this id is spoiled on its way, so that the server fails every task that it is in. */
  poison: string | null = null;

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

  /** Catches the next request that matches, in the place of any earlier trap. */
  trap(matches: Matches, moment: Moment): Trap {
    const trap = new Trap(moment);
    this.#set = { trap, matches };
    return trap;
  }

  /** Catches nothing any more; what is held stays held. */
  untrap(): void {
    this.#set = null;
  }

  /** Whether tasks seem never to end. */
  set hidesEnds(hides: boolean) {
    this.#tasks.hidesEnds = hides;
  }

  /** Answers nothing any more. */
  hang(): void {
    this.#hangs = true;
  }

  /** Ends all connections, and does nothing but pass on from now on. */
  reset(): void {
    if (this.#hangs) this.#server.closeAllConnections();
    this.#hangs = false;
    this.#set = null;
    this.#tasks.hidesEnds = false;
    this.judge = () => null;
    this.poison = null;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const body = Buffer.concat(await request.toArray());
      if (this.#hangs) return;
      const { status, type, text } = await this.#answer(request, response, body);
      if (this.#hangs || response.closed) return;
      response.writeHead(status, { 'content-type': type });
      response.end(text);
    } catch {
      // The server is away: so is the proxy.
      response.destroy();
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<Answer> {
    const { url = '/', method = 'GET', headers } = request;
    const target = new URL(url, this.#target);
    const asked = { method, path: target.pathname };
    const verdict = this.judge(asked);
    if (verdict) return this.#fail(target, headers, verdict);
    const trap = this.#caught(asked);
    if (trap?.moment === 'before') {
      await trap.spring();
      // Whoever asked has ended meanwhile.
      if (response.closed) throw new Error('nobody waits for it');
    }
    const spoiled = this.#spoil({ method, url: target, headers, body });
    const halfway = trap?.moment === 'half' ? () => trap.spring() : null;
    const answer = await forward({ ...spoiled, ...(halfway && { halfway }) });
    if (trap?.moment === 'answered') await trap.spring();
    return { ...answer, text: this.#tasks.rewrite(asked.path, answer.text) };
  }

  #caught(asked: SearchRequest): Trap | null {
    const set = this.#set;
    return set && !set.trap.isSprung && set.matches(asked) ? set.trap : null;
  }

  #spoil<T extends { method: string; url: URL; headers: IncomingMessage['headers']; body: Buffer }>(sent: T): T {
    const { method, url, headers, body } = sent;
    if (this.poison === null || !isDocuments({ method, path: url.pathname })) return sent;
    const { 'content-encoding': encoding, ...others } = headers;
    const text = (encoding === 'gzip' ? gunzipSync(body) : body).toString('utf8');
    const spoiled = text.replace(`"id":"${this.poison}"`, '"id":"not valid!"');
    return { ...sent, headers: others, body: Buffer.from(spoiled) };
  }

  async #fail(url: URL, headers: IncomingMessage['headers'], verdict: NonNullable<Verdict>): Promise<Answer> {
    const type = 'application/json';
    if ('refusedWith' in verdict) {
      return { status: 500, type, text: JSON.stringify(refusal(verdict.refusedWith)) };
    }
    // A task that does nothing takes its place, so that tasks are numbered as the server numbers them.
    const answer = await forward({
      ...{ method: 'POST', url: new URL(`${url.pathname}/delete-batch`, url), body: Buffer.from('[]') },
      headers: { authorization: headers.authorization, 'content-type': type },
    });
    const { taskUid } = JSON.parse(answer.text) as { taskUid?: number };
    if (taskUid !== undefined) this.#tasks.fail(taskUid, verdict.taskFailsWith);
    return answer;
  }
}
