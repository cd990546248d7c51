import { TracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { expect, test } from 'vitest';
import { anyException } from './any-exception.ts';

test('a span records whatever was thrown, also what is no error', () => {
  const ended: ReadableSpan[] = [];
  const collect = { ...anyException, onStart() {}, onEnd: (span: ReadableSpan) => void ended.push(span) };
  const provider = new TracerProvider({ spanProcessors: [anyException, collect] });
  const span = provider.getTracer('test').startSpan('GET');
  for (const thrown of [Symbol('<timeout>'), new Error('refused'), 'words']) span.recordException(thrown as Error);
  span.end();
  expect(ended[0]?.events.map(({ attributes }) => attributes?.['exception.message'])).toEqual([
    'Symbol(<timeout>)',
    'refused',
    'words',
  ]);
});
