import { SpanKind } from '@opentelemetry/api';
import { contextFrom, linkTo, tracer, withSpan } from '@eduplatform/observability/tracing';
import type { SinkName } from '../leader/generations.ts';
import type { OutboxRow } from '../source/outbox-row.ts';

const indexerTracer = tracer('indexer');

/**
 * Runs the work on a batch so that every command finds it in its own trace. The batch of one command is part of that
 * trace; one of many has a trace of its own that links to all of them, and each of theirs gets a child span in return.
 */
export async function traceBatch<T>(sink: SinkName, rows: OutboxRow[], work: () => Promise<T>): Promise<T> {
  const commands = commandsOf(rows);
  const name = `index ${sink}`;
  const attributes = { 'indexer.sink': sink, 'indexer.batch.rows': rows.length };
  if (commands.length === 0) return work();
  const [only] = commands;
  if (commands.length === 1 && only) {
    const options = { kind: SpanKind.CONSUMER, parent: contextFrom(only.traceParent), attributes };
    return withSpan(indexerTracer, name, options, work);
  }
  const links = commands.flatMap(({ traceParent }) => linkTo(traceParent) ?? []);
  const options = { kind: SpanKind.CONSUMER, parent: contextFrom(null), root: true, links, attributes };
  return withSpan(indexerTracer, `${name} batch`, options, async (batch) => {
    const startTime = Date.now();
    const result = await work();
    for (const { traceParent, rows: own } of commands) {
      const child = indexerTracer.startSpan(
        name,
        {
          kind: SpanKind.CONSUMER,
          startTime,
          links: [{ context: batch.spanContext() }],
          attributes: { 'indexer.sink': sink, 'indexer.batch.rows': rows.length, 'indexer.rows': own },
        },
        contextFrom(traceParent),
      );
      child.end();
    }
    return result;
  });
}

/** The commands whose rows are in the batch, with how many each has. */
function commandsOf(rows: OutboxRow[]): { traceParent: string; rows: number }[] {
  const counts = new Map<string, number>();
  for (const { traceParent } of rows) {
    if (traceParent) counts.set(traceParent, (counts.get(traceParent) ?? 0) + 1);
  }
  return [...counts].map(([traceParent, count]) => ({ traceParent, rows: count }));
}
