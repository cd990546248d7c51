import { join } from 'node:path';
import { stateDirectory } from '../platform/paths.ts';
import { findTraces } from '../traces/find-traces.ts';
import type { Span } from '../traces/span.ts';
import { readSpans } from '../traces/store.ts';
import { renderWaterfall } from '../traces/waterfall.ts';

const LISTED = 10;

/** `npm run trace -- ID`: prints the trace with this trace or request id or a beginning of it; without ID, the latest. */
async function main([wanted = '']: string[]): Promise<number> {
  const directory = join(stateDirectory(), 'traces');
  const spans = await readSpans(directory);
  const { exact, beginning } = findTraces(spans, wanted);
  if (exact.length === 0 && beginning.length === 0) {
    process.stderr.write(
      `No trace begins with "${wanted}" among the ${spans.length} spans in ${directory}.\n` +
        'With a collector (OTEL_EXPORTER_OTLP_ENDPOINT, or jaeger on PATH) the traces are there.\n',
    );
    return 1;
  }
  const shown = exact.length > 0 ? exact : beginning;
  if (exact.length > 0 || shown.length === 1) {
    process.stdout.write(`${shown.map((id) => renderWaterfall(spans, id)).join('\n\n')}\n`);
    return 0;
  }
  const latest = shown.slice(0, LISTED).map((id) => `  ${id}  ${describe(spans, id)}`);
  process.stdout.write(`${shown.length} traces; the latest:\n${latest.join('\n')}\n`);
  return 0;
}

function describe(spans: Span[], id: string): string {
  const own = spans.filter(({ traceId }) => traceId === id);
  const root = own.find(({ parentId }) => parentId === '') ?? own[0];
  return `${root?.service} ${root?.name} (${own.length} spans)`;
}

process.exitCode = await main(process.argv.slice(2));
