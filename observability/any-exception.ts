import type { SpanProcessor } from '@opentelemetry/sdk-trace';

/**
 * Lets spans record whatever was thrown. The search client ends requests that take too long with a symbol, which the
 * library cannot turn into text: it throws where nobody can catch it, and the process ends.
 */
export const anyException: SpanProcessor = {
  onStart(span) {
    const record = span.recordException.bind(span);
    span.recordException = (exception, time) => {
      const thrown: unknown = exception;
      record(typeof thrown === 'symbol' ? String(thrown) : exception, time);
    };
  },
  onEnd() {},
  forceFlush: async () => {},
  shutdown: async () => {},
};
