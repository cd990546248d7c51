import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { client, codeOf, connect, expectSuccess, fill, indexNames, json, raw, server, WAIT } from './support.ts';

const name = indexNames();
const readerUid = randomUUID();
const leaderUid = randomUUID();
const keyOf = (uid: string): string => createHmac('sha256', server.masterKey).update(uid).digest('hex');
const reader = connect(keyOf(readerUid));
const leader = connect(keyOf(leaderUid));
const books = name('books_g1_e1');
const others = name('others');

beforeAll(async () => {
  await fill(books, {}, [{ id: 1, title: 'A book' }]);
  await fill(others, {}, [{ id: 1, title: 'Something else' }]);
  const common = { indexes: [`${name('books')}*`, `${name('missing')}*`], expiresAt: null };
  await client.createKey({ uid: readerUid, name: 'reader', actions: ['search', 'indexes.get'], ...common });
  const leaderActions =
    'documents.add documents.get documents.delete indexes.get indexes.swap tasks.get tasks.cancel settings.get stats.get';
  await client.createKey({
    uid: leaderUid,
    description: 'writes',
    actions: leaderActions.split(' ') as ['search'],
    ...common,
  });
});

afterAll(async () => {
  await client.deleteKey(readerUid);
  await client.deleteKey(leaderUid);
});

describe('without a valid key', () => {
  test('anyone may ask for the health', async () => {
    expect(await raw('GET', '/health', { key: null })).toEqual({ status: 200, body: { status: 'available' } });
  });
  test('a request without a key is 401', async () => {
    expect(codeOf(await raw('GET', '/indexes', { key: null }))).toEqual([401, 'missing_authorization_header']);
  });
  test('a key that nobody has given out is 403', async () => {
    expect(codeOf(await raw('GET', '/indexes', { key: 'guessed' }))).toEqual([403, 'invalid_api_key']);
  });
});

describe('API keys', () => {
  test('a key is the HMAC of its uid under the master key', async () => {
    const key = await client.getKey(readerUid);
    expect(key).toMatchObject({ uid: readerUid, key: keyOf(readerUid), name: 'reader', expiresAt: null });
    expect((await client.getKey(key.key)).uid).toBe(readerUid);
  });
  test('all keys can be listed, with the master key only', async () => {
    const { results } = await client.getKeys({ limit: 1000 });
    expect(results.map(({ uid }) => uid)).toEqual(expect.arrayContaining([readerUid, leaderUid]));
    expect(codeOf(await raw('GET', '/keys', { key: keyOf(leaderUid) }))).toEqual([403, 'invalid_api_key']);
  });
  test('a uid can be taken once', async () => {
    const answer = await raw(
      'POST',
      '/keys',
      json({ uid: readerUid, actions: ['search'], indexes: ['*'], expiresAt: null }),
    );
    expect(codeOf(answer)).toEqual([409, 'api_key_already_exists']);
  });
  test('name and description can be changed, the rest cannot', async () => {
    expect(await client.updateKey(readerUid, { name: 'renamed' })).toMatchObject({
      name: 'renamed',
      actions: ['search', 'indexes.get'],
    });
    const answer = await raw('PATCH', `/keys/${readerUid}`, json({ actions: ['*'] }));
    expect(codeOf(answer)).toEqual([400, 'immutable_api_key_actions']);
  });
  test.each([
    [{ indexes: ['*'], expiresAt: null }, 'missing_api_key_actions'],
    [{ actions: ['search'], expiresAt: null }, 'missing_api_key_indexes'],
    [{ actions: ['search'], indexes: ['*'] }, 'missing_api_key_expires_at'],
    [{ actions: ['serch'], indexes: ['*'], expiresAt: null }, 'invalid_api_key_actions'],
    [{ actions: ['search'], indexes: ['a b'], expiresAt: null }, 'invalid_api_key_indexes'],
    [{ uid: 'x', actions: ['search'], indexes: ['*'], expiresAt: null }, 'invalid_api_key_uid'],
    [{ actions: ['version'], indexes: ['a*'], expiresAt: null }, 'index_scoped_api_key_with_global_action'],
  ])('%j is refused: %s', async (body, code) => {
    expect(codeOf(await raw('POST', '/keys', json(body)))).toEqual([400, code]);
  });
  test('a deleted key opens nothing', async () => {
    const uid = randomUUID();
    const { key } = await client.createKey({ uid, actions: ['search'], indexes: ['*'], expiresAt: null });
    await client.deleteKey(uid);
    expect(codeOf(await raw('POST', `/indexes/${books}/search`, { ...json({}), key }))).toEqual([
      403,
      'invalid_api_key',
    ]);
    expect(codeOf(await raw('GET', `/keys/${uid}`))).toEqual([404, 'api_key_not_found']);
  });
});

describe('a reader', () => {
  test('searches the indexes of its patterns and no others', async () => {
    expect((await reader.index(books).search('book')).hits).toHaveLength(1);
    await expect(reader.index(others).search('')).rejects.toMatchObject({ cause: { code: 'invalid_api_key' } });
    await expect(reader.multiSearch({ queries: [{ indexUid: others, q: '' }] })).rejects.toMatchObject({
      cause: { code: 'invalid_api_key' },
    });
  });
  test('sees only its own indexes in the list', async () => {
    const { results } = await reader.getIndexes({ limit: 1000 });
    expect(results.map(({ uid }) => uid)).toEqual([books]);
  });
  test('cannot write, look at tasks or ask for statistics', async () => {
    const key = keyOf(readerUid);
    expect(codeOf(await raw('POST', `/indexes/${books}/documents`, { ...json([{ id: 2 }]), key }))).toEqual([
      403,
      'invalid_api_key',
    ]);
    expect(codeOf(await raw('GET', '/tasks', { key }))).toEqual([403, 'invalid_api_key']);
    expect(codeOf(await raw('GET', '/stats', { key }))).toEqual([403, 'invalid_api_key']);
  });
});

describe('a leader without indexes.create', () => {
  test('writes to an index that is there', async () => {
    expectSuccess(
      await leader
        .index(books)
        .addDocuments([{ id: 2, title: 'Another' }])
        .waitTask(WAIT),
    );
    expect((await leader.index(books).getStats()).numberOfDocuments).toBe(2);
  });
  test('has its additions to a missing index fail, and makes no index', async () => {
    const missing = name('missing');
    const task = await leader
      .index(missing)
      .addDocuments([{ id: 1 }])
      .waitTask(WAIT);
    expect(task).toMatchObject({ status: 'failed', error: { code: 'index_not_found' } });
    await expect(leader.getRawIndex(missing)).rejects.toMatchObject({ cause: { code: 'index_not_found' } });
  });
  test('cannot create an index or change settings', async () => {
    const key = keyOf(leaderUid);
    expect(codeOf(await raw('POST', '/indexes', { ...json({ uid: name('missing') }), key }))).toEqual([
      403,
      'invalid_api_key',
    ]);
    const change = await raw('PATCH', `/indexes/${books}/settings`, { ...json({ stopWords: [] }), key });
    expect(codeOf(change)).toEqual([403, 'invalid_api_key']);
  });
  test('renames indexes of its own and no others', async () => {
    const answer = await raw('POST', '/swap-indexes', {
      ...json([{ indexes: [books, others], rename: true }]),
      key: keyOf(leaderUid),
    });
    expect(codeOf(answer)).toEqual([403, 'invalid_api_key']);
    const renamed = name('books_g1_e2');
    const swap = await leader.swapIndexes([{ indexes: [books, renamed], rename: true }]);
    expectSuccess(await client.tasks.waitForTask(swap.taskUid, WAIT));
    expectSuccess(await client.swapIndexes([{ indexes: [renamed, books], rename: true }]).waitTask(WAIT));
  });
  test('does not see the task of its own rename, which belongs to no index: that takes a key for all indexes', async () => {
    const { taskUid } = await leader.swapIndexes([{ indexes: [books, name('books_g1_e3')], rename: true }]);
    await client.tasks.waitForTask(taskUid, WAIT);
    await expect(leader.tasks.getTask(taskUid)).rejects.toMatchObject({ cause: { code: 'task_not_found' } });
    const uid = randomUUID();
    const { key } = await client.createKey({ uid, actions: ['tasks.get'], indexes: ['*'], expiresAt: null });
    expect(await connect(key).tasks.getTask(taskUid)).toMatchObject({ type: 'indexSwap' });
    await client.deleteKey(uid);
  });
});
