import { appendFile, mkdtemp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Meilisearch } from 'meilisearch';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startSearchEngine } from '../../search-engine/server.ts';
import { EngineProcess } from './process.ts';

// Processes are started several times over in each test.
vi.setConfig({ testTimeout: 60_000 });

const WAIT = { timeout: 20_000, interval: 20 };
let engine: EngineProcess;

beforeEach(async () => {
  engine = await EngineProcess.create();
  await engine.start();
});

afterEach(() => engine.dispose());

const document = (id: number) => ({ id, title: `document number ${id}` });

describe('after kill -9', () => {
  test('every task that was acknowledged is done', async () => {
    await engine.client.createIndex('books', { primaryKey: 'id' }).waitTask(WAIT);
    const books = engine.client.index('books');
    const tasks = await Promise.all(Array.from({ length: 30 }, (_, id) => books.addDocuments([document(id)])));
    const large = await books.addDocuments(Array.from({ length: 500 }, (_, id) => document(1000 + id)));
    await engine.kill();
    await engine.start();
    for (const { taskUid } of [...tasks, large]) {
      expect(await engine.client.tasks.waitForTask(taskUid, WAIT)).toMatchObject({ status: 'succeeded' });
    }
    const { numberOfDocuments } = await engine.client.index('books').getStats();
    expect(numberOfDocuments).toBe(530);
    expect((await engine.client.index('books').search('number 1499')).hits[0]).toEqual(document(1499));
  });

  test('documents, settings, keys, names and task numbers are as they were', async () => {
    const uid = '5b1f2a52-6a0e-4d0b-9f0b-8f6b53a10009';
    await engine.client.createIndex('books', { primaryKey: 'id' }).waitTask(WAIT);
    await engine.client
      .index('books')
      .updateSettings({ filterableAttributes: ['id'], stopWords: ['of'] })
      .waitTask(WAIT);
    await engine.client
      .index('books')
      .addDocuments([document(1), document(2)])
      .waitTask(WAIT);
    await engine.client.index('books').deleteDocument(1).waitTask(WAIT);
    const { key } = await engine.client.createKey({ uid, actions: ['search'], indexes: ['*'], expiresAt: null });
    const last = await engine.client.swapIndexes([{ indexes: ['books', 'volumes'], rename: true }]).waitTask(WAIT);
    await engine.kill();
    await engine.start();
    const { results } = await engine.client.getIndexes();
    expect(results.map((index) => index.uid)).toEqual(['volumes']);
    expect(await engine.client.index('volumes').getSettings()).toMatchObject({
      filterableAttributes: ['id'],
      stopWords: ['of'],
    });
    expect((await engine.client.index('volumes').search('', { filter: 'id > 0' })).hits).toEqual([document(2)]);
    expect(await engine.client.getKey(uid)).toMatchObject({ key });
    expect(await engine.client.tasks.getTask(last.uid)).toEqual(last);
    const next = await engine.client.createIndex('next').waitTask(WAIT);
    expect(next.uid).toBe(last.uid + 1);
  });

  test('a line that was not written to its end is left out, and the rest is kept', async () => {
    await engine.client.createIndex('books', { primaryKey: 'id' }).waitTask(WAIT);
    await engine.client
      .index('books')
      .addDocuments([document(1)])
      .waitTask(WAIT);
    await engine.kill();
    const [journal = ''] = (await readdir(engine.dataDir)).filter((name) => name.startsWith('journal'));
    await appendFile(join(engine.dataDir, journal), '{"k":"task","task":{"uid":99,"type":"docu');
    const log = await engine.start();
    expect(log).toContainEqual(
      expect.objectContaining({ level: 'warn', msg: expect.stringContaining('not written completely') as string }),
    );
    expect(await engine.client.index('books').getDocument(1)).toEqual(document(1));
    await engine.client
      .index('books')
      .addDocuments([document(2)])
      .waitTask(WAIT);
    await engine.kill();
    await engine.start();
    expect((await engine.client.index('books').getStats()).numberOfDocuments).toBe(2);
  });
});

describe('snapshots', () => {
  test('take the place of the journals before them', async () => {
    const dataDir = await mkdtemp(join(engine.dataDir, 'snapshots-'));
    const open = () =>
      startSearchEngine({ dataDir, host: '127.0.0.1', port: 0, masterKey: null, snapshotEveryBytes: 20_000 });
    const first = await open();
    const books = new Meilisearch({ host: first.url }).index('books');
    const text = 'words '.repeat(50);
    for (let id = 0; id < 100; id += 1) await books.addDocuments([{ id, text }]);
    await expect
      .poll(async () => (await readdir(dataDir)).sort().join(' '), WAIT)
      .toMatch(/^journal-(?!1\.)\d+\.jsonl( journal-\d+\.jsonl)* snapshot-\d+\.jsonl$/);
    await first.close();
    const second = await open();
    const restored = new Meilisearch({ host: second.url }).index('books');
    await expect.poll(async () => (await restored.getStats()).numberOfDocuments, WAIT).toBe(100);
    expect(await restored.getDocument(99)).toEqual({ id: 99, text });
    await second.close();
  });
});

test('the message "shutdown" ends it cleanly', async () => {
  expect(await engine.shutDown()).toBe(0);
});
