import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repositoryRoot } from '../../platform/paths.ts';
import { run } from '../../platform/run.ts';
import { eventually } from '../../platform/wait.ts';
import { createTestStack, type TestStack } from '../../testing/stack.ts';
import type { Span } from '../../traces/span.ts';
import { readSpans } from '../../traces/store.ts';
import { ApiTeacher, read } from './api-client.ts';
import { Visitor } from './visitor.ts';

let stack: TestStack;
let visitor: Visitor;

beforeAll(async () => {
  stack = await createTestStack();
  await stack.start();
  visitor = new Visitor((await stack.service('web')).url);
});
afterAll(async () => {
  await stack.remove();
});

/** The spans of the trace that a request started, once `complete` accepts them. */
const traceOf = (requestId: string, complete: (spans: Span[]) => boolean): Promise<Span[]> =>
  eventually(
    async () => {
      const spans = await readSpans(join(stack.stateDirectory, 'traces'));
      const first = spans.find(({ attributes }) => attributes['request.id'] === requestId);
      const trace = spans.filter(({ traceId }) => traceId === first?.traceId);
      if (!isConnected(trace) || !complete(trace)) throw new Error(`spans so far: ${trace.map(nameOf).join(', ')}`);
      return trace;
    },
    { timeoutMs: 30_000, intervalMs: 200 },
  );

/** Services export on their own: a span may arrive before its parent. */
const isConnected = (trace: Span[]): boolean =>
  trace.every(({ parentId }) => parentId === '' || trace.some(({ spanId }) => spanId === parentId));

const nameOf = ({ service, name }: Span): string => `${service}: ${name}`;

/** Services on the way from a span up to the root, without repetitions: `indexer ← write-api ← web`. */
function ancestry(span: Span, trace: Span[]): string {
  const services = [span.service];
  for (let current: Span | undefined = span; current; current = trace.find((s) => s.spanId === current?.parentId)) {
    if (services.at(-1) !== current.service) services.push(current.service);
  }
  return services.join(' ← ');
}

const isCall = (span: Span, service: string, system: string): boolean =>
  span.service === service && span.attributes['db.system.name'] === system;
const isPost = (span: Span, path: RegExp): boolean =>
  span.service === 'indexer' && path.test(span.attributes['url.path'] ?? '');

test('a page is one trace from the storefront through the read API to Redis', async () => {
  const { requestId } = await visitor.get('/courses/rust-ownership-without-tears');
  const trace = await traceOf(requestId, (spans) => spans.some((span) => isCall(span, 'read-api', 'redis')));
  const redis = trace.find((span) => isCall(span, 'read-api', 'redis'));
  expect(redis && ancestry(redis, trace)).toBe('read-api ← web');
  expect(trace.filter(({ parentId }) => parentId === '').map(({ service }) => service)).toEqual(['web']);
});

test('a search is one trace from the storefront through the read API to the search engine', async () => {
  const { requestId } = await visitor.get('/courses?q=borow+checker');
  const isSearch = (span: Span): boolean =>
    span.service === 'read-api' && span.attributes['url.path'] === '/multi-search';
  const trace = await traceOf(requestId, (spans) => spans.some(isSearch));
  const search = trace.find(isSearch);
  expect(search && ancestry(search, trace)).toBe('read-api ← web');
});

test('a publish is one trace from the click through the outbox to the writes in Redis and the search engine', async () => {
  await visitor.signIn('teacher@eduplatform.com', 'demo-password');
  const page = await visitor.get('/studio');
  const course = /\/studio\/courses\/([0-9a-f-]{36})/.exec(page.body)?.[1];
  const { url } = await stack.service('web');
  const studio = `/studio/courses/${course}`;
  const before = Number(/name="version" value="(\d+)"/.exec((await visitor.get(studio)).body)?.[1]);
  await visitor.post(`${studio}?/save`, { version: String(before), subtitle: 'Traced from click to index' });
  const saved = Number(/name="version" value="(\d+)"/.exec((await visitor.get(studio)).body)?.[1]);
  expect(saved).toBe(before + 1);
  const { requestId } = await visitor.post(`${studio}?/publish`, { version: String(saved) });

  const isDocumentsTask = (span: Span): boolean => isPost(span, /\/indexes\/courses_g\d+_e\d+\/documents/);
  const trace = await traceOf(
    requestId,
    (spans) => spans.some(isDocumentsTask) && spans.some((span) => isCall(span, 'indexer', 'redis')),
  );
  const task = trace.find(isDocumentsTask);
  const redis = trace.find((span) => isCall(span, 'indexer', 'redis'));
  expect(task && ancestry(task, trace)).toBe('indexer ← write-api ← web');
  expect(redis && ancestry(redis, trace)).toBe('indexer ← write-api ← web');
  expect(trace.some((span) => span.service === 'write-api' && span.attributes['db.system.name'] === 'postgresql')).toBe(
    true,
  );

  const command = join(repositoryRoot, 'local', 'commands', 'trace.ts');
  const { code, output } = await run({ command: process.execPath, args: [command, requestId], env: stack.env });
  expect(code, output).toBe(0);
  for (const service of ['web', 'write-api', 'indexer']) expect(output).toContain(service);
  expect(url).toContain('http');
});

/** Everything in which a reader could notice a course. */
async function seenByReaders(word: string, { slug, lessonId }: { slug: string; lessonId: string }) {
  const search = (await read(stack, `/v1/search?q=${word}`)).body;
  const browse = (await read(stack, '/v1/search?category=craft')).body;
  const list = (await read(stack, '/v1/courses?category=craft&sort=newest&limit=100')).body;
  const categories = (await read(stack, '/v1/categories')).body;
  return {
    hits: search.items.map(({ type }: { type: string }) => type).sort(),
    total: browse.estimatedTotal,
    facets: browse.facets,
    listed: list.items.filter((item: { slug: string }) => item.slug === slug).length,
    counted: categories.items.find((item: { slug: string }) => item.slug === 'craft').courseCount,
    pages: await Promise.all(
      [`/v1/courses/${slug}`, `/v1/courses/${slug}/curriculum`, `/v1/lessons/${lessonId}`].map(
        async (path) => (await read(stack, path)).status,
      ),
    ),
  };
}

test('a draft and an unpublished course are seen nowhere: no hit, no list, no count, no facet', async () => {
  const teacher = await ApiTeacher.signIn(stack, 'teacher@eduplatform.com', 'demo-password');
  const nothing = { slug: 'no-such-course', lessonId: '01900000-0000-7000-8000-000000000000' };
  const before = await seenByReaders('quillwork', nothing);
  expect(before).toMatchObject({ hits: [], listed: 0, pages: [404, 404, 404] });

  const title = 'Quillwork from birch bark';
  const { courseId } = await teacher.command('POST', '/v1/courses', { title, category: 'craft', descriptionMd: title });
  const module = await teacher.command('POST', `/v1/courses/${courseId}/modules`, { title: 'Quillwork' });
  const body = { title: 'Quillwork by hand', bodyMd: '## Dyeing\n\nQuillwork needs patience.' };
  const lesson = await teacher.command('POST', `/v1/modules/${module.id}/lessons`, body);
  const course = { slug: 'quillwork-from-birch-bark', lessonId: lesson.id };
  expect(await seenByReaders('quillwork', course)).toEqual(before);

  await teacher.command('POST', `/v1/courses/${courseId}/publish`);
  const published = await seenByReaders('quillwork', course);
  expect(published).toMatchObject({ hits: ['course', 'lesson'], listed: 1, pages: [200, 200, 200] });
  expect(published.counted).toBe(before.counted + 1);
  expect(published.total).toBe(before.total + 1);

  await teacher.command('PATCH', `/v1/lessons/${lesson.id}`, { bodyMd: 'A word in progress: porcupinery.' });
  expect((await seenByReaders('porcupinery', course)).hits).toEqual([]);
  expect(await seenByReaders('quillwork', course)).toEqual(published);

  await teacher.command('POST', `/v1/courses/${courseId}/unpublish`);
  expect(await seenByReaders('quillwork', course)).toEqual(before);
});
