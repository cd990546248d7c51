/** A span as the local stack keeps it: one line of JSON in the span file. */
export interface Span {
  traceId: string;
  spanId: string;
  /** Empty for the first span of a trace. */
  parentId: string;
  service: string;
  name: string;
  /** Nanoseconds since 1970, as text: a JSON number would lose bits. */
  start: string;
  end: string;
  failed: boolean;
  attributes: Record<string, string>;
  links: { traceId: string; spanId: string }[];
}
