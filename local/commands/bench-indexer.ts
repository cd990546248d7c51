/** `npm run bench:indexer -- [--only PART,…] [--rows N]`: what the stream from Postgres to the read models can do. */
import { parseArgs } from 'node:util';
import { benchIndexer, PART_NAMES } from '@eduplatform/bench/indexer';

try {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, rows: { type: 'string', default: '1000000' } },
  });
  const asked = values.only?.split(',') ?? PART_NAMES;
  const only = PART_NAMES.filter((name) => asked.includes(name));
  const rows = Number(values.rows);
  if (only.length !== asked.length || !Number.isSafeInteger(rows) || rows < 1000) {
    throw new Error(`--only takes ${PART_NAMES.join(', ')}; --rows a number from 1000 on`);
  }
  process.exitCode = await benchIndexer({ only, rows }, (line) => void process.stdout.write(`${line}\n`));
} catch (error) {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.stdout.write(`indexer void: ${(error as Error).message.split('\n')[0]}\n`);
  process.exitCode = 1;
}
