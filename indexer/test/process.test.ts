import { createHash } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import type { Span } from '@eduplatform/local/traces/span';
import { createBench, documentKeys } from './support/bench.ts';
import { insertTeacher, publishAgain, publishNew, testContent, testLesson } from './support/courses.ts';
import { startSpanReceiver } from '@eduplatform/local/testing/span-receiver';
import { startIndexerProcess } from './support/process.ts';

// Starting a process takes seconds on a busy machine.
vi.setConfig({ testTimeout: 90_000 });
const WAIT = { timeout: 15_000, interval: 20 };

const command = (name: string) => {
  const traceId = createHash('md5').update(name).digest('hex');
  const spanId = traceId.slice(0, 16);
  return { traceId, spanId, traceParent: `00-${traceId}-${spanId}-01` };
};
const called = (spans: Span[], name: string | RegExp, traceId: string) =>
  spans.filter(
    (span) => span.traceId === traceId && (name instanceof RegExp ? name.test(span.name) : span.name === name),
  );

test('the writes of one command are spans of its trace, down to Redis and the search engine', async () => {
  const { pool, config } = await createBench();
  const receiver = await startSpanReceiver();
  const teacher = await insertTeacher(pool);
  await startIndexerProcess(config, { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
  const publish = command('one');
  await publishNew(pool, teacher, testContent([testLesson('One')]), publish.traceParent);

  await vi.waitFor(() => {
    for (const sink of ['redis', 'search']) {
      const [span] = called(receiver.spans, `index ${sink}`, publish.traceId);
      expect(span).toMatchObject({ parentId: publish.spanId, service: 'indexer' });
      const children = receiver.spans.filter(({ parentId }) => parentId === span?.spanId).map(({ name }) => name);
      expect(children).toContainEqual(expect.stringMatching(sink === 'redis' ? /evalsha/i : /POST/));
    }
  }, WAIT);
});

test('a batch of many commands links to all of them, and each finds its part in its own trace', async () => {
  const { pool, config, model } = await createBench();
  const receiver = await startSpanReceiver();
  const teacher = await insertTeacher(pool);
  const content = testContent([testLesson('One')]);
  const course = await publishNew(pool, teacher, content);
  const running = await startIndexerProcess(config, {});
  await running.stop();
  // Both wait for the next start, and so come in one batch.
  const commands = [command('first'), command('second')];
  const next = await publishAgain(pool, course, { ...content, title: 'First' }, commands[0]?.traceParent);
  await publishAgain(pool, next.course, { ...content, title: 'Second' }, commands[1]?.traceParent);
  await startIndexerProcess(config, { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });

  await vi.waitFor(() => {
    const batch = receiver.spans.find(({ name }) => name === 'index redis batch');
    expect(batch?.links).toEqual(commands.map(({ traceId, spanId }) => ({ traceId, spanId })));
    for (const { traceId, spanId } of commands) {
      const [child] = called(receiver.spans, 'index redis', traceId);
      expect(child).toMatchObject({ parentId: spanId, links: [{ traceId: batch?.traceId, spanId: batch?.spanId }] });
    }
  }, WAIT);
  expect(await model.body(documentKeys.card(course.id))).toMatchObject({ title: 'Second' });
});

test('the process is ready when both read models are built, shows metrics, guards its status and stops cleanly', async () => {
  const { pool, config, model } = await createBench();
  const teacher = await insertTeacher(pool);
  const course = await publishNew(pool, teacher, testContent([testLesson('One')]));
  const indexer = await startIndexerProcess(config, {});
  expect(await model.current('redisReady')).toBe('true');
  expect(await model.current('searchReady')).toBe('true');
  expect(await model.body(documentKeys.card(course.id))).not.toBeNull();

  const metrics = await (await fetch(indexer.metricsUrl)).text();
  expect(metrics).toContain('indexer_sink_ready{sink="redis"} 1');
  expect(metrics).toContain('indexer_sink_ready{sink="search"} 1');
  const status = await fetch(`${indexer.url}/v1/admin/indexer/status`);
  expect(status.status).toBe(401);
  expect(await status.json()).toMatchObject({ code: 'unauthenticated' });
  expect(await indexer.stop()).toBe(0);
});
