import { describe, expect, test } from 'vitest';
import { client, codeOf, connect, expectSuccess, fill, indexNames, json, raw, WAIT } from './support.ts';

const name = indexNames();

describe('indexes', () => {
  test('are created, shown and deleted by tasks', async () => {
    const uid = name('made');
    const task = await client.createIndex(uid, { primaryKey: 'id' }).waitTask(WAIT);
    expect(task).toMatchObject({
      type: 'indexCreation',
      status: 'succeeded',
      indexUid: uid,
      details: { primaryKey: 'id' },
      error: null,
    });
    expect(await client.getRawIndex(uid)).toMatchObject({ uid, primaryKey: 'id' });
    expectSuccess(await client.deleteIndex(uid).waitTask(WAIT));
    await expect(client.getRawIndex(uid)).rejects.toMatchObject({ cause: { code: 'index_not_found' } });
  });
  test('cannot be created twice', async () => {
    const uid = name('twice');
    expectSuccess(await client.createIndex(uid).waitTask(WAIT));
    const again = await client.createIndex(uid).waitTask(WAIT);
    expect(again).toMatchObject({ status: 'failed', error: { code: 'index_already_exists', type: 'invalid_request' } });
  });
  test('are listed page by page in order of their names', async () => {
    for (const part of ['list_b', 'list_a']) expectSuccess(await client.createIndex(name(part)).waitTask(WAIT));
    const all = await client.getIndexes({ limit: 1000 });
    const uids = all.results.map(({ uid }) => uid);
    expect(uids).toEqual([...uids].sort());
    const page = await client.getIndexes({ limit: 1, offset: uids.indexOf(name('list_b')) });
    expect(page.results.map(({ uid }) => uid)).toEqual([name('list_b')]);
    expect(page).toMatchObject({ limit: 1, total: all.total });
  });
  test.each([
    [{ uid: 'a b' }, 'invalid_index_uid'],
    [{ primaryKey: 'id' }, 'missing_index_uid'],
    [{ uid: 'ok', nonsense: 1 }, 'bad_request'],
    [{ uid: 5 }, 'invalid_index_uid'],
  ])('creating %j is refused: %s', async (body, code) => {
    expect(codeOf(await raw('POST', '/indexes', json(body)))).toEqual([400, code]);
  });
  test('tell how many documents and which fields they hold', async () => {
    const uid = name('stats');
    await fill(uid, {}, [{ id: 1, title: 'a' }, { id: 2 }]);
    const stats = await client.index(uid).getStats();
    expect(stats).toMatchObject({ numberOfDocuments: 2, isIndexing: false, fieldDistribution: { id: 2, title: 1 } });
    expect((await client.getStats()).indexes[uid]).toMatchObject({ numberOfDocuments: 2 });
  });
  test('an unknown route is 404', async () => {
    expect((await raw('GET', '/nowhere')).status).toBe(404);
  });
});

describe('swap-indexes', () => {
  test('exchanges two indexes, documents, settings and all', async () => {
    const [left, right] = [name('left'), name('right')];
    await fill(left, { stopWords: ['the'] }, [{ id: 1 }]);
    await fill(right, {}, [{ id: 2 }, { id: 3 }]);
    expectSuccess(await client.swapIndexes([{ indexes: [left, right], rename: false }]).waitTask(WAIT));
    expect((await client.index(left).getStats()).numberOfDocuments).toBe(2);
    expect((await client.index(right).getSettings()).stopWords).toEqual(['the']);
  });

  test('renames several indexes in one task, and past tasks go by the new name', async () => {
    const [a1, a2, b1, b2] = [name('a_e1'), name('a_e2'), name('b_e1'), name('b_e2')];
    await fill(a1, {}, [{ id: 1 }]);
    await fill(b1, {}, [{ id: 2 }]);
    const task = await client
      .swapIndexes([
        { indexes: [a1, a2], rename: true },
        { indexes: [b1, b2], rename: true },
      ])
      .waitTask(WAIT);
    expect(task).toMatchObject({ type: 'indexSwap', status: 'succeeded', indexUid: null });
    expect(await client.index(a2).getDocument(1)).toEqual({ id: 1 });
    expect(await client.index(b2).getDocument(2)).toEqual({ id: 2 });
    await expect(client.getRawIndex(a1)).rejects.toMatchObject({ cause: { code: 'index_not_found' } });
  });

  test('acts in the order of tasks: what is enqueued later for the old name fails', async () => {
    const [old, renamed] = [name('fenced_e1'), name('fenced_e2')];
    await fill(old, {}, [{ id: 1 }]);
    const uid = crypto.randomUUID();
    const { key } = await client.createKey({
      uid,
      actions: ['documents.add', 'tasks.get'],
      indexes: [name('fenced*')],
      expiresAt: null,
    });
    const writer = connect(key).index(old);
    const before = await writer.addDocuments([{ id: 2 }]);
    const swap = await client.swapIndexes([{ indexes: [old, renamed], rename: true }]);
    const after = await writer.addDocuments([{ id: 3 }]);
    expectSuccess(await client.tasks.waitForTask(swap.taskUid, WAIT));
    expectSuccess(await client.tasks.waitForTask(before.taskUid, WAIT));
    expect(await client.tasks.waitForTask(after.taskUid, WAIT)).toMatchObject({
      status: 'failed',
      error: { code: 'index_not_found' },
    });
    const { results } = await client.index(renamed).getDocuments({ fields: ['id'] });
    expect(results).toEqual([{ id: 1 }, { id: 2 }]);
    await client.deleteKey(uid);
  });

  test('a rename onto an index that is there fails, and so does a swap with one that is not', async () => {
    const [left, right] = [name('taken_l'), name('taken_r')];
    await fill(left, {}, [{ id: 1 }]);
    await fill(right, {}, [{ id: 2 }]);
    const taken = await client.swapIndexes([{ indexes: [left, right], rename: true }]).waitTask(WAIT);
    expect(taken).toMatchObject({ status: 'failed', error: { code: 'index_already_exists' } });
    const missing = await client.swapIndexes([{ indexes: [left, name('nowhere')], rename: false }]).waitTask(WAIT);
    expect(missing).toMatchObject({ status: 'failed', error: { code: 'index_not_found' } });
    expect(await client.index(left).getDocument(1)).toEqual({ id: 1 });
  });

  test.each([
    [[{ indexes: ['a'] }], 'invalid_swap_indexes'],
    [[{ indexes: ['a', 'a'] }], 'invalid_swap_duplicate_index_found'],
    [[{ rename: true }], 'missing_swap_indexes'],
  ])('%j is refused: %s', async (body, code) => {
    expect(codeOf(await raw('POST', '/swap-indexes', json(body)))).toEqual([400, code]);
  });
});
