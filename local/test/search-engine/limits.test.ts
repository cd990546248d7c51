import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Meilisearch } from 'meilisearch';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSearchEngine, type SearchEngine } from '../../search-engine/server.ts';

const WAIT = { timeout: 20_000, interval: 20 };
let dataDir: string;
let engine: SearchEngine;
let client: Meilisearch;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'search-engine-test-'));
  const limits = { maxDocuments: 2000, maxBodyBytes: 1024 * 1024 };
  engine = await startSearchEngine({ dataDir, host: '127.0.0.1', port: 0, masterKey: null, ...limits });
  client = new Meilisearch({ host: engine.url });
});

afterAll(async () => {
  await engine.close();
  await rm(dataDir, { recursive: true, force: true });
});

test('more documents than it is made for fail with the advice to use a real server, and change nothing', async () => {
  const task = await client
    .index('many')
    .addDocuments(Array.from({ length: 2001 }, (_, id) => ({ id })))
    .waitTask(WAIT);
  expect(task).toMatchObject({ status: 'failed', error: { code: 'database_size_limit_reached' } });
  expect(task.error?.message).toContain('MEILI_URL');
  expect((await client.index('many').getStats()).numberOfDocuments).toBe(0);
});

test('a search is answered while a large addition is still being indexed', async () => {
  await client.createIndex('busy', { primaryKey: 'id' }).waitTask(WAIT);
  await client
    .index('busy')
    .addDocuments([{ id: 'first', text: 'findable' }])
    .waitTask(WAIT);
  const text = Array.from({ length: 60 }, (_, at) => `word${at}`).join(' ');
  const documents = Array.from({ length: 1900 }, (_, id) => ({ id, text: `${text} ${id}` }));
  const { taskUid } = await client.index('busy').addDocuments(documents);
  expect((await client.index('busy').search('findable')).hits).toHaveLength(1);
  expect(['enqueued', 'processing']).toContain((await client.tasks.getTask(taskUid)).status);
  expect(await client.tasks.waitForTask(taskUid, WAIT)).toMatchObject({ status: 'succeeded' });
});

test.each([
  ['plain', (text: string) => new TextEncoder().encode(text), {}],
  ['unpacked', (text: string) => new Uint8Array(gzipSync(text)), { 'Content-Encoding': 'gzip' }],
])('a body that is too large (%s) is 413', async (_what, encode, headers) => {
  const response = await fetch(`${engine.url}/indexes/big/documents`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: encode(JSON.stringify([{ id: 1, text: 'x'.repeat(2 * 1024 * 1024) }])),
  });
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ code: 'payload_too_large' });
});

test('a body that is not what its encoding says is 400', async () => {
  const response = await fetch(`${engine.url}/indexes/big/documents`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
    body: '[{"id":1}]',
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: 'malformed_payload' });
});

test.each([
  ['search', { hybrid: { embedder: 'x' } }, 'invalid_search_hybrid_query'],
  ['search', { filter: '_geoRadius(1, 2, 3)' }, 'invalid_search_filter'],
  ['search', { sort: ['_geoPoint(1, 2):asc'] }, 'invalid_search_sort'],
  ['facet-search', { facetName: 'x' }, 'feature_not_enabled'],
  ['similar', { id: 1 }, 'feature_not_enabled'],
])('what it does not do is refused: %s %j', async (route, body, code) => {
  await client.createIndex('some', { primaryKey: 'id' }).waitTask(WAIT);
  const response = await fetch(`${engine.url}/indexes/some/${route}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(400);
  const answer = (await response.json()) as { code: string; message: string };
  expect(answer.code).toBe(code);
  expect(answer.message).toContain('embedded search engine');
});

test('without a master key everything is open but the keys', async () => {
  expect(await client.isHealthy()).toBe(true);
  await expect(client.getKeys()).rejects.toMatchObject({ cause: { code: 'missing_master_key' } });
});
