import type { Span } from './span.ts';

const BAR_WIDTH = 32;
const NAME_WIDTH = 56;

interface Row {
  span: Span;
  depth: number;
}

/** One trace as text: a row for each span, children under their parents, each with its place in time and its duration. */
export function renderWaterfall(spans: Span[], traceId: string): string {
  const own = spans.filter((span) => span.traceId === traceId);
  const start = own.reduce((least, span) => min(least, BigInt(span.start)), BigInt(own[0]?.start ?? 0));
  const end = own.reduce((most, span) => max(most, BigInt(span.end)), start);
  const rows = orderByTree(own).map((row) => renderRow(row, start, end));
  const links = renderLinks(spans, own);
  const services = new Set(own.map(({ service }) => service)).size;
  const head = `trace ${traceId}: ${own.length} spans in ${services} services, ${milliseconds(end - start)}`;
  return [head, '', ...rows, ...(links.length > 0 ? ['', ...links] : [])].join('\n');
}

/** Depth first, siblings by start. A span whose parent was not kept stands at the left. */
function orderByTree(spans: Span[]): Row[] {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const sorted = spans.toSorted((a, b) => Number(BigInt(a.start) - BigInt(b.start)));
  const children = Map.groupBy(sorted, ({ parentId }) => (ids.has(parentId) ? parentId : ''));
  const walk = (parent: string, depth: number): Row[] =>
    (children.get(parent) ?? []).flatMap((span) => [{ span, depth }, ...walk(span.spanId, depth + 1)]);
  return walk('', 0);
}

function renderRow({ span, depth }: Row, start: bigint, end: bigint): string {
  const label = `${'  '.repeat(depth)}${span.service}  ${span.name}${span.failed ? '  FAILED' : ''}`;
  const offset = BigInt(span.start) - start;
  const duration = BigInt(span.end) - BigInt(span.start);
  const bar = renderBar(Number(offset), Number(duration), Number(end - start));
  return `${fit(label)} |${bar}| +${milliseconds(offset).padEnd(10)} ${milliseconds(duration)}`;
}

function renderBar(offset: number, duration: number, total: number): string {
  const scale = total > 0 ? BAR_WIDTH / total : 0;
  const before = Math.min(BAR_WIDTH - 1, Math.floor(offset * scale));
  const length = Math.max(1, Math.min(BAR_WIDTH - before, Math.round(duration * scale)));
  return ' '.repeat(before) + '█'.repeat(length) + ' '.repeat(BAR_WIDTH - before - length);
}

/** Links point from a span to others that it serves; both directions help whoever follows a request. */
function renderLinks(all: Span[], own: Span[]): string[] {
  const traceId = own[0]?.traceId;
  const outward = own.flatMap((span) =>
    span.links.map((link) => `link: ${span.service} ${span.name} → span ${link.spanId} of trace ${link.traceId}`),
  );
  const inward = all
    .filter((span) => span.traceId !== traceId && span.links.some((link) => link.traceId === traceId))
    .map((span) => `linked from: ${span.service} ${span.name}, span ${span.spanId} of trace ${span.traceId}`);
  return [...new Set([...outward, ...inward])];
}

function fit(label: string): string {
  return label.length > NAME_WIDTH ? `${label.slice(0, NAME_WIDTH - 1)}…` : label.padEnd(NAME_WIDTH);
}

const milliseconds = (nanoseconds: bigint) => `${(Number(nanoseconds) / 1e6).toFixed(2)} ms`;
const min = (a: bigint, b: bigint) => (a < b ? a : b);
const max = (a: bigint, b: bigint) => (a > b ? a : b);
