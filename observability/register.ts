/**
 * Installs tracing before the service's own modules load: `node --import @eduplatform/observability/register main.ts`.
 * Without OTEL_EXPORTER_OTLP_ENDPOINT nothing is installed: not creating spans is cheap, sampling them away is not.
 */
import { register } from 'node:module';
import { basename, dirname } from 'node:path';

if (process.env.OTEL_EXPORTER_OTLP_ENDPOINT) {
  // ES modules are patched by a loader hook; without it the spans of ioredis and pg would be missing silently.
  // It wraps those alone: wrapping every module costs seconds at start and breaks modules that import each other.
  register('@opentelemetry/instrumentation/hook.mjs', import.meta.url, { data: { include: ['ioredis', 'pg'] } });
  const { startTracing } = await import('./start-tracing.ts');
  const entry = process.argv[1] ?? 'unknown';
  startTracing(process.env.OTEL_SERVICE_NAME ?? basename(dirname(entry)));
}
