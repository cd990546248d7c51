import { expect, test } from 'vitest';
import { decodeJson } from './decode-json.ts';
import { findTraces } from './find-traces.ts';
import type { Span } from './span.ts';
import { renderWaterfall } from './waterfall.ts';

const span = (values: Partial<Span>): Span => ({
  traceId: 'aaaa',
  spanId: '01',
  parentId: '',
  service: 'web',
  name: 'GET /',
  start: '1000000',
  end: '5000000',
  failed: false,
  attributes: {},
  links: [],
  ...values,
});

test('an OTLP request in JSON becomes spans with their service', () => {
  const request = {
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'read-api' } }] },
        scopeSpans: [
          {
            spans: [
              {
                traceId: 'ABCD',
                spanId: 'EF',
                name: 'GET',
                startTimeUnixNano: '1795397117709000001',
                endTimeUnixNano: '1795397117709000002',
                attributes: [{ key: 'http.response.status_code', value: { intValue: 200 } }],
                status: { code: 2 },
              },
            ],
          },
        ],
      },
    ],
  };
  expect(decodeJson(Buffer.from(JSON.stringify(request)))).toEqual([
    span({
      traceId: 'abcd',
      spanId: 'ef',
      service: 'read-api',
      name: 'GET',
      start: '1795397117709000001',
      end: '1795397117709000002',
      failed: true,
      attributes: { 'http.response.status_code': '200' },
    }),
  ]);
});

test('a trace is found by its id, by a request id, and by the beginning of either', () => {
  const spans = [span({}), span({ traceId: 'aabb', attributes: { 'request.id': 'REQ-7' } })];
  expect(findTraces(spans, 'aaaa').exact).toEqual(['aaaa']);
  expect(findTraces(spans, 'req-7').exact).toEqual(['aabb']);
  expect(findTraces(spans, 'aa')).toEqual({ exact: [], beginning: ['aabb', 'aaaa'] });
});

test('a waterfall shows children under their parents, failures and links', () => {
  const spans = [
    span({
      spanId: '02',
      parentId: '01',
      service: 'read-api',
      name: 'request',
      start: '2000000',
      end: '3000000',
      failed: true,
    }),
    span({}),
    span({
      traceId: 'bbbb',
      spanId: '09',
      service: 'indexer',
      name: 'batch',
      links: [{ traceId: 'aaaa', spanId: '01' }],
    }),
  ];
  const lines = renderWaterfall(spans, 'aaaa').split('\n');
  expect(lines[0]).toBe('trace aaaa: 2 spans in 2 services, 4.00 ms');
  expect(lines[2]).toMatch(/^web {2}GET \/.*\+0\.00 ms +4\.00 ms$/);
  expect(lines[3]).toMatch(/^ {2}read-api {2}request {2}FAILED .*\+1\.00 ms +1\.00 ms$/);
  expect(lines.at(-1)).toBe('linked from: indexer batch, span 09 of trace bbbb');
});
