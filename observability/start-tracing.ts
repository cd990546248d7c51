import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { IORedisInstrumentation } from '@opentelemetry/instrumentation-ioredis';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';
import { anyException } from './any-exception.ts';
import { setTraceFlush } from './flush.ts';
import { samplerFrom } from './sampler.ts';

/** Spans wait at most this long before they are exported. */
const EXPORT_DELAY_MS = 500;

const SCRIPTS = new Set(['eval', 'evalsha']);

const commandAndKey = (command: string, args: unknown[]): string => {
  // A script's own arguments start with its hash and the number of its keys.
  const key = SCRIPTS.has(command.toLowerCase()) ? args[2] : args[0];
  return typeof key === 'string' || Buffer.isBuffer(key) ? `${command} ${String(key).slice(0, 200)}` : command;
};

/** Creates spans and exports them by OTLP/HTTP (JSON) to OTEL_EXPORTER_OTLP_ENDPOINT. Call once, before other modules load. */
export function startTracing(serviceName: string): void {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ [ATTR_SERVICE_NAME]: serviceName }),
    sampler: samplerFrom(process.env),
    spanProcessors: [
      anyException,
      new BatchSpanProcessor({ exporter: new OTLPTraceExporter(), scheduledDelayMillis: EXPORT_DELAY_MS }),
    ],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  registerInstrumentations({
    tracerProvider: provider,
    instrumentations: [
      // Only what serves a request or a batch: polls and heartbeats would drown the traces that somebody asks for.
      new PgInstrumentation({ requireParentSpan: true }),
      // The arguments of a write are whole documents: the command and its key say enough.
      new IORedisInstrumentation({ requireParentSpan: true, dbStatementSerializer: commandAndKey }),
      new UndiciInstrumentation({ requireParentforSpans: true }),
    ],
  });
  setTraceFlush(() => provider.forceFlush({ timeoutMillis: 2000 }));
}
