import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onEndRequest } from '../supervisor/end-requests.ts';
import { runSection } from '../testing/run/run-section.ts';
import { searchEngine } from '../testing/run/sections.ts';
import { formatTally } from '../testing/run/tally.ts';

const say = (text: string) => void process.stdout.write(text);

/** What production code asks of the search server, asked of the embedded engine or of the server that MEILI_URL names. */
const directory = await mkdtemp(join(tmpdir(), 'eduplatform-search-'));
const ending = new AbortController();
onEndRequest(() => ending.abort(new Error('asked to end')));
try {
  say(`Search server: ${process.env.MEILI_URL ?? 'the embedded engine'}\n`);
  const tally = await runSection(searchEngine, { env: {}, directory, say, signal: ending.signal });
  say(`\n${formatTally(tally)}\n`);
  process.exitCode = tally.failed > 0 || tally.passed === 0 ? 1 : 0;
} catch (error) {
  if (!ending.signal.aborted) throw error;
  process.exitCode = 1;
} finally {
  await rm(directory, { recursive: true, force: true });
  // The channel to the bootstrap would keep this process alive.
  if (process.connected) process.disconnect?.();
}
