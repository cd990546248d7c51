import { beforeAll, describe, expect, test } from 'vitest';
import { client, codeOf, expectSuccess, fill, indexNames, raw, WAIT } from './support.ts';

const name = indexNames();
const uid = name('tasks');
const index = client.index(uid);

beforeAll(async () => {
  await fill(uid, {}, [{ id: 1 }]);
});

describe('a task', () => {
  test('is acknowledged as enqueued and tells when it has run', async () => {
    const enqueued = await index.addDocuments([{ id: 2 }], { customMetadata: 'from 10 to 20' });
    expect(enqueued).toMatchObject({
      indexUid: uid,
      status: 'enqueued',
      type: 'documentAdditionOrUpdate',
      customMetadata: 'from 10 to 20',
    });
    const task = await client.tasks.waitForTask(enqueued.taskUid, WAIT);
    expect(task).toMatchObject({
      uid: enqueued.taskUid,
      status: 'succeeded',
      canceledBy: null,
      error: null,
      customMetadata: 'from 10 to 20',
    });
    expect(task.duration).toMatch(/^PT/);
    const times = [task.enqueuedAt, task.startedAt, task.finishedAt].map((at) => Date.parse(String(at)));
    expect(times).toEqual([...times].sort((left, right) => left - right));
  });
  test('has a number greater than those before it', async () => {
    const first = await index.addDocuments([{ id: 3 }]);
    const second = await index.addDocuments([{ id: 4 }]);
    expect(second.taskUid).toBeGreaterThan(first.taskUid);
    await client.tasks.waitForTask(second.taskUid, WAIT);
  });
});

describe('the list of tasks', () => {
  test('is newest first and can be filtered and paged', async () => {
    const wanted: number[] = [];
    for (const id of [5, 6, 7]) wanted.push((await index.addDocuments([{ id }]).waitTask(WAIT)).uid);
    const [first = 0, second = 0, third = 0] = wanted;
    const filter = { indexUids: [uid], types: ['documentAdditionOrUpdate' as const], statuses: ['succeeded' as const] };
    const page = await client.tasks.getTasks({ ...filter, limit: 2 });
    expect(page.results.map((task) => task.uid)).toEqual([third, second]);
    expect(page).toMatchObject({ limit: 2, from: third });
    const next = await client.tasks.getTasks({
      ...filter,
      limit: 1,
      ...(page.next === null ? {} : { from: page.next }),
    });
    expect(next.results.map((task) => task.uid)).toEqual([first]);
    const oldestFirst = await client.tasks.getTasks({ uids: wanted, reverse: true });
    expect(oldestFirst.results.map((task) => task.uid)).toEqual(wanted);
  });
  test.each([
    ['statuses=wrong', 'invalid_task_statuses'],
    ['types=wrong', 'invalid_task_types'],
    ['limit=x', 'invalid_task_limit'],
    ['nonsense=1', 'bad_request'],
  ])('%s is refused: %s', async (query, code) => {
    expect(codeOf(await raw('GET', `/tasks?${query}`))).toEqual([400, code]);
  });
  test('a task that does not exist is 404', async () => {
    expect(codeOf(await raw('GET', '/tasks/999999999'))).toEqual([404, 'task_not_found']);
  });
});

describe('cancelation', () => {
  test('takes back waiting tasks and leaves finished ones', async () => {
    const finished = await index.addDocuments([{ id: 8 }]).waitTask(WAIT);
    const many = Array.from({ length: 3000 }, (_, id) => ({ id: 10_000 + id, text: `some words to be indexed ${id}` }));
    const busy = await index.addDocuments(many);
    const waiting = await client.createIndex(name('never_made'));
    const cancelation = await client.tasks.cancelTasks({ uids: [finished.uid, waiting.taskUid] }).waitTask(WAIT);
    expect(cancelation).toMatchObject({
      type: 'taskCancelation',
      status: 'succeeded',
      details: { originalFilter: `?uids=${finished.uid}%2C${waiting.taskUid}` },
    });
    const task = await client.tasks.waitForTask(waiting.taskUid, WAIT);
    const wasCanceled = task.status === 'canceled';
    expect(cancelation.details).toMatchObject({ canceledTasks: wasCanceled ? 1 : 0 });
    expect(task.canceledBy).toBe(wasCanceled ? cancelation.uid : null);
    expect((await client.tasks.getTask(finished.uid)).status).toBe('succeeded');
    await client.tasks.waitForTask(busy.taskUid, WAIT);
  });
  test('breaks off the task at hand without leaving a trace of it, and what waited behind it is done', async () => {
    const made = name('canceled');
    await fill(made, {}, [{ id: 1, text: 'as it was' }]);
    const many = Array.from({ length: 15_000 }, (_, id) => ({ id, text: `words ${id * 7919} of document ${id}` }));
    const busy = await client.index(made).addDocuments(many, { customMetadata: 'epoch=1' });
    const behind = await client.index(made).addDocuments([{ id: 'later' }]);
    for (let status = 'enqueued'; status === 'enqueued';) status = (await client.tasks.getTask(busy.taskUid)).status;
    const cancelation = await client.tasks
      .cancelTasks({ indexUids: [made], statuses: ['processing'], types: ['documentAdditionOrUpdate'] })
      .waitTask(WAIT);
    const canceled = await client.tasks.getTask(busy.taskUid);
    expect(canceled).toMatchObject({
      status: 'canceled',
      canceledBy: cancelation.uid,
      details: { receivedDocuments: 15_000, indexedDocuments: 0 },
      error: null,
      customMetadata: 'epoch=1',
    });
    expect(Date.parse(String(canceled.startedAt))).toBeLessThanOrEqual(Date.parse(String(canceled.finishedAt)));
    expectSuccess(await client.tasks.waitForTask(behind.taskUid, WAIT));
    const { results } = await client.index(made).getDocuments();
    expect(results).toEqual([{ id: 1, text: 'as it was' }, { id: 'later' }]);
    expect((await client.tasks.getTasks({ canceledBy: [cancelation.uid] })).results.map(({ uid }) => uid)).toEqual([
      busy.taskUid,
    ]);
  });
  test.each([
    ['statuses=enqueued&types=wrong', 'invalid_task_types'],
    ['uids=x', 'invalid_task_uids'],
    ['limit=3', 'bad_request'],
  ])('%s is refused: %s', async (query, code) => {
    expect(codeOf(await raw('POST', `/tasks/cancel?${query}`))).toEqual([400, code]);
  });
  test('asks for a key that may cancel', async () => {
    const uid = crypto.randomUUID();
    const { key } = await client.createKey({ uid, actions: ['tasks.get'], indexes: ['*'], expiresAt: null });
    expect(codeOf(await raw('POST', '/tasks/cancel?uids=1', { key }))).toEqual([403, 'invalid_api_key']);
    await client.deleteKey(uid);
  });
  test('without a filter is refused', async () => {
    expect(codeOf(await raw('POST', '/tasks/cancel'))).toEqual([400, 'missing_task_filters']);
  });
});
