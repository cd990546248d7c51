import type { Span } from './span.ts';

interface AnyValue {
  stringValue?: string;
  boolValue?: boolean;
  intValue?: string | number;
  doubleValue?: number;
  arrayValue?: { values?: AnyValue[] };
}

interface KeyValue {
  key: string;
  value?: AnyValue;
}

interface JsonSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  startTimeUnixNano: string | number;
  endTimeUnixNano: string | number;
  attributes?: KeyValue[];
  links?: { traceId: string; spanId: string }[];
  status?: { code?: number | string };
}

interface ExportRequest {
  resourceSpans?: {
    resource?: { attributes?: KeyValue[] };
    scopeSpans?: { spans?: JsonSpan[] }[];
  }[];
}

/** The spans of an OTLP export request in JSON. @throws SyntaxError or TypeError for anything else. */
export function decodeJson(body: Buffer): Span[] {
  const request = JSON.parse(body.toString('utf8')) as ExportRequest;
  return (request.resourceSpans ?? []).flatMap(({ resource, scopeSpans = [] }) => {
    const service = attributesOf(resource?.attributes)['service.name'] ?? 'unknown';
    return scopeSpans.flatMap(({ spans = [] }) => spans).map((span) => decodeSpan(span, service));
  });
}

function decodeSpan(span: JsonSpan, service: string): Span {
  const code = span.status?.code;
  return {
    traceId: span.traceId.toLowerCase(),
    spanId: span.spanId.toLowerCase(),
    parentId: span.parentSpanId?.toLowerCase() ?? '',
    service,
    name: span.name,
    start: String(span.startTimeUnixNano),
    end: String(span.endTimeUnixNano),
    failed: code === 2 || code === 'STATUS_CODE_ERROR',
    attributes: attributesOf(span.attributes),
    links: (span.links ?? []).map(({ traceId, spanId }) => ({ traceId, spanId })),
  };
}

function attributesOf(pairs: KeyValue[] = []): Record<string, string> {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, anyValue(value)]));
}

function anyValue(value: AnyValue = {}): string {
  if (value.arrayValue) return (value.arrayValue.values ?? []).map(anyValue).join(', ');
  return String(value.stringValue ?? value.boolValue ?? value.intValue ?? value.doubleValue ?? '');
}
