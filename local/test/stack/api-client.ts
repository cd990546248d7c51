import { HEADERS } from '@eduplatform/contracts/headers';
import type { TestStack } from '../../testing/stack.ts';

/** A JSON answer of any shape; the tests name what they look at. */
export type Json = ReturnType<typeof JSON.parse>;

const TIMEOUT_MS = 20_000;

/** A teacher who works on a course through the write API, and waits until readers can see what each command did. */
export class ApiTeacher {
  readonly #stack: TestStack;
  #token = '';
  #version = 0;

  private constructor(stack: TestStack) {
    this.#stack = stack;
  }

  static async signIn(stack: TestStack, email: string, password: string): Promise<ApiTeacher> {
    const teacher = new ApiTeacher(stack);
    const session = await teacher.command('POST', '/v1/auth/login', { email, password });
    teacher.#token = session.accessToken;
    return teacher;
  }

  /** Gives a command on the course it works on, with the draft's version, and waits until it is live in every sink. */
  async command(method: string, path: string, body?: unknown): Promise<Json> {
    const { url } = await this.#stack.service('writeApi');
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(this.#token && { authorization: `Bearer ${this.#token}` }),
        'if-match': `"${this.#version}"`,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer: Json = await response.json();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${JSON.stringify(answer)}`);
    if (typeof answer.version === 'number') this.#version = answer.version;
    const position = response.headers.get(HEADERS.outboxPosition);
    if (position && this.#token) await this.#untilLive(position);
    return answer;
  }

  async #untilLive(position: string): Promise<void> {
    const { body } = await read(this.#stack, `/v1/positions/${position}?timeoutMs=20000`);
    if (!body.live) throw new Error(`${position} did not become live: ${JSON.stringify(body)}`);
  }
}

/** What the read API answers to somebody who has not signed in. */
export async function read(stack: TestStack, path: string): Promise<{ status: number; body: Json }> {
  const { url } = await stack.service('readApi');
  const response = await fetch(url + path, { signal: AbortSignal.timeout(30_000) });
  return { status: response.status, body: await response.json() };
}
