import type { Span } from './span.ts';

const REQUEST_ID_ATTRIBUTES = ['http.request.header.x-request-id', 'request.id'];

export interface FoundTraces {
  /** Traces whose id, or the id of a request in them, is the wanted one; newest first. */
  exact: string[];
  /** Traces for which it is at least the beginning; newest first. */
  beginning: string[];
}

/** The traces that a trace id, a request id, or the beginning of either names. */
export function findTraces(spans: Span[], wanted: string): FoundTraces {
  const text = wanted.toLowerCase();
  const newestFirst = spans.toReversed();
  const traces = (matches: (id: string) => boolean) => [
    ...new Set(newestFirst.filter((span) => idsOf(span).some(matches)).map(({ traceId }) => traceId)),
  ];
  return { exact: traces((id) => id === text), beginning: traces((id) => id.startsWith(text)) };
}

function idsOf({ traceId, attributes }: Span): string[] {
  const requests = REQUEST_ID_ATTRIBUTES.flatMap((name) => attributes[name]?.toLowerCase() ?? []);
  return [traceId, ...requests];
}
