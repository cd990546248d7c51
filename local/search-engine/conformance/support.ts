import { randomBytes } from 'node:crypto';
import { Meilisearch, type Settings, type Task } from 'meilisearch';
import { afterAll, inject } from 'vitest';
import type {} from './global-setup.ts';

export const WAIT = { timeout: 20_000, interval: 20 };

export const server = inject('server');

/** A client with the given key, the master key by default. */
export const connect = (apiKey: string = server.masterKey): Meilisearch =>
  new Meilisearch({ host: server.url, apiKey });

export const client = connect();

/** Names indexes so that nobody else uses them; they are deleted when the file is done. */
export function indexNames(): (name: string) => string {
  const prefix = `conformance_${randomBytes(5).toString('hex')}_`;
  afterAll(async () => {
    const { results } = await client.getIndexes({ limit: 1000 });
    const mine = results.filter(({ uid }) => uid.startsWith(prefix));
    await Promise.all(mine.map(({ uid }) => client.deleteIndex(uid).waitTask(WAIT)));
  });
  return (name) => prefix + name;
}

/** Makes an index with settings and documents, whose primary key is `id`. */
export async function fill(uid: string, settings: Settings, documents: Record<string, unknown>[]): Promise<void> {
  await client.createIndex(uid, { primaryKey: 'id' }).waitTask(WAIT);
  const index = client.index(uid);
  expectSuccess(await index.updateSettings(settings).waitTask(WAIT));
  expectSuccess(await index.addDocuments(documents).waitTask(WAIT));
}

export function expectSuccess(task: Task): Task {
  if (task.status !== 'succeeded') throw new Error(`task ${task.uid} ${task.status}: ${JSON.stringify(task.error)}`);
  return task;
}

export interface RawResponse {
  status: number;
  body: unknown;
}

/** A request as no client would send it. */
export async function raw(
  method: string,
  path: string,
  {
    body,
    headers = {},
    key = server.masterKey,
  }: { body?: BodyInit; headers?: Record<string, string>; key?: string | null } = {},
): Promise<RawResponse> {
  const response = await fetch(new URL(path, server.url), {
    method,
    headers: { ...(key === null ? {} : { Authorization: `Bearer ${key}` }), ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  try {
    return { status: response.status, body: JSON.parse(text) as unknown };
  } catch {
    return { status: response.status, body: text };
  }
}

export const json = (value: unknown): { body: string; headers: Record<string, string> } => ({
  body: JSON.stringify(value),
  headers: { 'Content-Type': 'application/json' },
});

/** The HTTP status and error code of an answer. */
export const codeOf = ({ status, body }: RawResponse): [number, unknown] => [
  status,
  typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined,
];

/** Sends a search and answers the ids of the hits. */
export async function ids(uid: string, q: string, options: Record<string, unknown> = {}): Promise<unknown[]> {
  const { hits } = await client.index(uid).search(q, { attributesToRetrieve: ['id'], ...options });
  return hits.map(({ id }) => id as unknown);
}

export const searchCode = async (uid: string, query: unknown): Promise<[number, unknown]> =>
  codeOf(await raw('POST', `/indexes/${uid}/search`, json(query)));
