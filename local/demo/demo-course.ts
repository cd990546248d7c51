import { HEADERS } from '@eduplatform/contracts/headers';

const TIMEOUT_MS = 10_000;
const PATIENT_MS = 90_000;
const RETRY_MS = 250;
/** Readers look for it; no course of the demo data has it. */
export const WORD = 'Quenchfire';

/** What a published edition can be known by. */
export interface Edition {
  number: number;
  /** Of its outbox row; readers name it to read what is at least as new. */
  position: string;
}

interface Answer {
  body: Record<string, unknown>;
  position: string;
}

/** A course that the demo publishes again and again, and takes away at the end. */
export class DemoCourse {
  readonly #writeApi: string;
  #token = '';
  #id = '';
  #version = 0;
  #number = 0;
  slug = '';
  latest: Edition = { number: 0, position: '' };
  /** Commands that were refused or went unanswered while Postgres was away. */
  refused = 0;

  private constructor(writeApi: string) {
    this.#writeApi = writeApi;
  }

  /** Signs in as the teacher of the demo data, makes the course and publishes it. */
  static async create(writeApi: string): Promise<DemoCourse> {
    const course = new DemoCourse(writeApi);
    const login = { email: 'teacher@eduplatform.com', password: 'demo-password' };
    course.#token = String((await course.#send('POST', '/v1/auth/login', login)).body['accessToken']);
    const title = `${WORD} ${Date.now().toString(36)}`;
    const made = await course.#send('POST', '/v1/courses', { title, category: 'craft', descriptionMd: title });
    course.#id = String(made.body['courseId']);
    const module = await course.#send('POST', `/v1/courses/${course.#id}/modules`, { title: 'Only module' });
    const lesson = { title: 'Only lesson', bodyMd: 'Nothing but a demonstration.' };
    await course.#send('POST', `/v1/modules/${String(module.body['id'])}/lessons`, lesson);
    await course.publishNext();
    await course.#reload();
    return course;
  }

  /** Publishes the next edition. Throws when it was not acknowledged. */
  async publishNext(): Promise<void> {
    const number = (this.#number += 1);
    await this.#send('PATCH', `/v1/courses/${this.#id}`, { title: `${WORD} ${number}` });
    const { position } = await this.#send('POST', `/v1/courses/${this.#id}/publish`);
    this.latest = { number, position };
  }

  /** The highest that may be seen: an edition that went unanswered may have been published. */
  get highest(): number {
    return this.#number;
  }

  /** Publishes an edition, however often that has to be tried; answers it. */
  async publishPatiently(): Promise<Edition> {
    const deadline = performance.now() + PATIENT_MS;
    for (;;) {
      try {
        await this.publishNext();
        return this.latest;
      } catch (error) {
        if (performance.now() > deadline) throw error;
        await this.#reload().catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  /** One edition after another until aborted. */
  async keepPublishing(pauseMs: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.publishNext();
      } catch {
        this.refused += 1;
        await this.#reload().catch(() => undefined);
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  async remove(): Promise<void> {
    await this.#reload();
    await this.#send('DELETE', `/v1/courses/${this.#id}`);
  }

  /** The version of the draft, after a command of which nobody knows whether it was done. */
  async #reload(): Promise<void> {
    const { body } = await this.#send('GET', `/v1/studio/courses/${this.#id}`);
    if (typeof body['version'] === 'number') this.#version = body['version'];
    this.slug = String(body['slug']);
  }

  async #send(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(this.#writeApi + path, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(this.#token && { authorization: `Bearer ${this.#token}` }),
        ...(this.#id && { 'if-match': `"${this.#version}"` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    const answer = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 300)}`);
    if (method !== 'GET' && typeof answer['version'] === 'number') this.#version = answer['version'];
    return { body: answer, position: response.headers.get(HEADERS.outboxPosition) ?? '' };
  }
}
