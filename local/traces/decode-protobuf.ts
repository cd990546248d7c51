import { readFields } from './protobuf.ts';
import type { Span } from './span.ts';

// Field numbers of opentelemetry/proto/trace/v1/trace.proto and common.proto.
const REQUEST = { resourceSpans: 1 };
const RESOURCE_SPANS = { resource: 1, scopeSpans: 2 };
const RESOURCE = { attributes: 1 };
const SCOPE_SPANS = { spans: 2 };
const SPAN = { traceId: 1, spanId: 2, parentId: 4, name: 5, start: 7, end: 8, attributes: 9, links: 13, status: 15 };
const LINK = { traceId: 1, spanId: 2 };
const STATUS = { code: 3 };
const STATUS_ERROR = 2n;
const KEY_VALUE = { key: 1, value: 2 };
const ANY = { text: 1, bool: 2, int: 3, double: 4, list: 5 };
const LIST = { values: 1 };

/** The spans of an OTLP export request in protobuf. */
export function decodeProtobuf(body: Buffer): Span[] {
  return all(body, REQUEST.resourceSpans).flatMap((resourceSpans) => {
    const resource = all(resourceSpans, RESOURCE_SPANS.resource).flatMap((part) => all(part, RESOURCE.attributes));
    const service = attributesOf(resource)['service.name'] ?? 'unknown';
    return all(resourceSpans, RESOURCE_SPANS.scopeSpans)
      .flatMap((scope) => all(scope, SCOPE_SPANS.spans))
      .map((span) => decodeSpan(span, service));
  });
}

function decodeSpan(message: Buffer, service: string): Span {
  return {
    traceId: hex(message, SPAN.traceId),
    spanId: hex(message, SPAN.spanId),
    parentId: hex(message, SPAN.parentId),
    service,
    name: text(message, SPAN.name),
    start: time(message, SPAN.start),
    end: time(message, SPAN.end),
    failed: all(message, SPAN.status).some((status) => number(status, STATUS.code) === STATUS_ERROR),
    attributes: attributesOf(all(message, SPAN.attributes)),
    links: all(message, SPAN.links).map((link) => ({
      traceId: hex(link, LINK.traceId),
      spanId: hex(link, LINK.spanId),
    })),
  };
}

function attributesOf(pairs: Buffer[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => [text(pair, KEY_VALUE.key), anyValue(all(pair, KEY_VALUE.value)[0] ?? Buffer.alloc(0))]),
  );
}

function anyValue(message: Buffer): string {
  for (const field of readFields(message)) {
    if (typeof field.value === 'bigint') {
      return field.number === ANY.bool ? String(field.value === 1n) : String(BigInt.asIntN(64, field.value));
    }
    if (field.number === ANY.double) return String(field.value.readDoubleLE());
    if (field.number === ANY.list) return all(field.value, LIST.values).map(anyValue).join(', ');
    if (field.number === ANY.text) return field.value.toString('utf8');
    return field.value.toString('base64');
  }
  return '';
}

/** The values of a field that holds bytes, of which a message may have many. */
function all(message: Buffer, field: number): Buffer[] {
  const values: Buffer[] = [];
  for (const { number, value } of readFields(message)) {
    if (number === field && typeof value !== 'bigint') values.push(value);
  }
  return values;
}

function number(message: Buffer, field: number): bigint {
  for (const { number, value } of readFields(message)) {
    if (number === field && typeof value === 'bigint') return value;
  }
  return 0n;
}

const hex = (message: Buffer, field: number) => all(message, field)[0]?.toString('hex') ?? '';
const text = (message: Buffer, field: number) => all(message, field)[0]?.toString('utf8') ?? '';
const time = (message: Buffer, field: number) => String(all(message, field)[0]?.readBigUInt64LE() ?? 0n);
