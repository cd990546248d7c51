import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { client, codeOf, expectSuccess, fill, indexNames, json, raw, WAIT } from './support.ts';

const name = indexNames();
const uid = name('documents');
const index = client.index(uid);

beforeAll(async () => {
  await fill(uid, { filterableAttributes: ['kind', 'at'] }, [
    { id: 'a', kind: 'x', at: 1, nested: { deep: [1, 2] } },
    { id: 'b', kind: 'y', at: 2 },
  ]);
});

const ndjson = (documents: unknown[]): string => documents.map((document) => `${JSON.stringify(document)}\n`).join('');

async function add(path: string, body: BodyInit, headers: Record<string, string>) {
  const answer = await raw('POST', path, { body, headers });
  expect(answer.status).toBe(202);
  return client.tasks.waitForTask((answer.body as { taskUid: number }).taskUid, WAIT);
}

describe('additions', () => {
  test('gzipped NDJSON with metadata', async () => {
    const body = gzipSync(
      ndjson([
        { id: 'g1', kind: 'gz' },
        { id: 'g2', kind: 'gz' },
      ]),
    );
    const headers = { 'Content-Type': 'application/x-ndjson', 'Content-Encoding': 'gzip' };
    const task = await add(`/indexes/${uid}/documents?primaryKey=id&customMetadata=epoch%3A3`, body, headers);
    expect(task).toMatchObject({
      type: 'documentAdditionOrUpdate',
      status: 'succeeded',
      details: { receivedDocuments: 2, indexedDocuments: 2 },
      customMetadata: 'epoch:3',
    });
    expect(await index.getDocument('g2')).toEqual({ id: 'g2', kind: 'gz' });
  });
  test('a document with the same id is replaced by POST and completed by PUT', async () => {
    expectSuccess(await index.addDocuments([{ id: 'r', first: 1, second: 1 }]).waitTask(WAIT));
    expectSuccess(await index.updateDocuments([{ id: 'r', second: 2 }]).waitTask(WAIT));
    expect(await index.getDocument('r')).toEqual({ id: 'r', first: 1, second: 2 });
    expectSuccess(await index.addDocuments([{ id: 'r', third: 3 }]).waitTask(WAIT));
    expect(await index.getDocument('r')).toEqual({ id: 'r', third: 3 });
  });
  test.each([
    ['without an id', [{ id: 'good' }, { kind: 'no id' }], 'missing_document_id'],
    ['with an id that cannot be one', [{ id: 'good' }, { id: 'has space' }], 'invalid_document_id'],
    ['with an object for an id', [{ id: 'good' }, { id: { a: 1 } }], 'invalid_document_id'],
  ])('one document %s fails the whole task', async (_what, documents, code) => {
    const task = await index.addDocuments(documents as { id: string }[]).waitTask(WAIT);
    expect(task).toMatchObject({
      status: 'failed',
      details: { receivedDocuments: 2, indexedDocuments: 0 },
      error: { code },
    });
    await expect(index.getDocument('good')).rejects.toMatchObject({ cause: { code: 'document_not_found' } });
  });
  test('another primary key than the one of the index fails the task', async () => {
    const task = await index.addDocuments([{ other: 1 }], { primaryKey: 'other' }).waitTask(WAIT);
    expect(task).toMatchObject({ status: 'failed', error: { code: 'index_primary_key_already_exists' } });
  });
  test('with the right to it, an index is made by its first documents', async () => {
    const made = name('made_by_documents');
    expectSuccess(
      await client
        .index(made)
        .addDocuments([{ id: 7 }], { primaryKey: 'id' })
        .waitTask(WAIT),
    );
    expect(await client.getRawIndex(made)).toMatchObject({ primaryKey: 'id' });
  });
  test.each([
    ['no content type', '[]', {}, 415, 'missing_content_type'],
    ['a wrong content type', '[]', { 'Content-Type': 'text/plain' }, 415, 'invalid_content_type'],
    ['broken JSON', '[{', { 'Content-Type': 'application/json' }, 400, 'malformed_payload'],
    ['a broken line', '{"id":1}\n{"id"', { 'Content-Type': 'application/x-ndjson' }, 400, 'malformed_payload'],
    ['nothing', '', { 'Content-Type': 'application/json' }, 400, 'missing_payload'],
  ])('%s is refused at once', async (_what, text, headers, status, code) => {
    const body = new Blob([text]);
    expect(codeOf(await raw('POST', `/indexes/${uid}/documents`, { body, headers }))).toEqual([status, code]);
  });
  test('an unknown parameter is refused', async () => {
    expect(codeOf(await raw('POST', `/indexes/${uid}/documents?nonsense=1`, json([])))).toEqual([400, 'bad_request']);
  });
});

describe('reading', () => {
  test('one document, with chosen fields', async () => {
    expect(await index.getDocument('a', { fields: ['kind', 'nested.deep'] as never })).toEqual({
      kind: 'x',
      nested: { deep: [1, 2] },
    });
    expect(codeOf(await raw('GET', `/indexes/${uid}/documents/nobody`))).toEqual([404, 'document_not_found']);
  });
  test('pages of documents in the order of their arrival', async () => {
    const page = await index.getDocuments({ limit: 1, offset: 1, fields: ['id'] });
    expect(page).toMatchObject({ results: [{ id: 'b' }], limit: 1, offset: 1 });
    expect(page.total).toBeGreaterThanOrEqual(2);
  });
  test('documents chosen by filter or by id', async () => {
    const byFilter = await index.getDocuments({ filter: 'kind = y OR at < 2', fields: ['id'] });
    expect(byFilter).toMatchObject({ results: [{ id: 'a' }, { id: 'b' }], total: 2 });
    const byId = await index.getDocuments({ ids: ['b', 'nobody', 'a'], fields: ['id'] });
    expect(byId.results.map(({ id }) => id as string).sort()).toEqual(['a', 'b']);
  });
  test.each([
    [{ filter: 'unknown = 1' }, 'invalid_document_filter'],
    [{ filter: 'kind =' }, 'invalid_document_filter'],
    [{ limit: -1 }, 'invalid_document_limit'],
    [{ nonsense: 1 }, 'bad_request'],
  ])('fetching %j is refused: %s', async (body, code) => {
    expect(codeOf(await raw('POST', `/indexes/${uid}/documents/fetch`, json(body)))).toEqual([400, code]);
  });
});

describe('deletions', () => {
  test('by id, by a list of ids, by filter, and all', async () => {
    const other = name('deletions');
    await fill(
      other,
      { filterableAttributes: ['at'] },
      [1, 2, 3, 4, 5, 6].map((at) => ({ id: at, at })),
    );
    const deletions = client.index(other);
    const one = await deletions.deleteDocument(1).waitTask(WAIT);
    expect(one).toMatchObject({
      status: 'succeeded',
      details: { providedIds: 1, deletedDocuments: 1, originalFilter: null },
    });
    const list = await deletions.deleteDocuments([2, 99]).waitTask(WAIT);
    expect(list.details).toMatchObject({ providedIds: 2, deletedDocuments: 1 });
    const filtered = await deletions.deleteDocuments({ filter: 'at < 5' }).waitTask(WAIT);
    expect(filtered.details).toMatchObject({ deletedDocuments: 2, originalFilter: '"at < 5"' });
    const rest = await deletions.deleteAllDocuments().waitTask(WAIT);
    expect(rest.details).toMatchObject({ deletedDocuments: 2 });
    expect((await deletions.getStats()).numberOfDocuments).toBe(0);
  });
  test('by a filter that is not allowed fails the task; an unreadable one is refused', async () => {
    const task = await index.deleteDocuments({ filter: 'unknown = 1' }).waitTask(WAIT);
    expect(task).toMatchObject({ status: 'failed', error: { code: 'invalid_document_filter' } });
    expect(codeOf(await raw('POST', `/indexes/${uid}/documents/delete`, json({})))).toEqual([
      400,
      'missing_document_filter',
    ]);
  });
  test('in a missing index fail', async () => {
    const task = await client.index(name('nowhere')).deleteDocuments(['a']).waitTask(WAIT);
    expect(task).toMatchObject({ status: 'failed', error: { code: 'index_not_found' } });
  });
});
