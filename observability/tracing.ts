import {
  context,
  isSpanContextValid,
  propagation,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  type Context,
  type Link,
  type Span,
  type SpanOptions,
  type Tracer,
} from '@opentelemetry/api';

export type { Context, Span, Tracer };

export const tracer = (name: string): Tracer => trace.getTracer(name);

/** W3C `traceparent` of the active span, or null outside a recorded trace: what an outbox row carries. */
export function currentTraceParent(): string | null {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier['traceparent'] ?? null;
}

/** The context that a `traceparent` names; the root context when there is none. */
export const contextFrom = (traceParent: string | null | undefined): Context =>
  traceParent ? propagation.extract(ROOT_CONTEXT, { traceparent: traceParent }) : ROOT_CONTEXT;

/** A link to the span that a `traceparent` names, or undefined when it names none. */
export function linkTo(traceParent: string | null | undefined): Link | undefined {
  const spanContext = trace.getSpanContext(contextFrom(traceParent));
  return spanContext && isSpanContextValid(spanContext) ? { context: spanContext } : undefined;
}

/**
 * Runs `work` inside a new active span, which ends with it; an error is recorded and rethrown.
 * `parent` defaults to the active context.
 */
export function withSpan<T>(
  using: Tracer,
  name: string,
  options: SpanOptions & { parent?: Context },
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const { parent = context.active(), ...spanOptions } = options;
  return using.startActiveSpan(name, spanOptions, parent, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.recordException(error as Error);
      span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).message });
      throw error;
    } finally {
      span.end();
    }
  });
}
