/** `npm run bench:indexer -- [--only PART,…] [--rows N] [--scale S]`: what the stream from Postgres to the read models can do. */
import { parseArgs } from 'node:util';
import { benchIndexer, PART_NAMES, SCALED_PARTS } from '@eduplatform/bench/indexer';
import { isScale, SCALES } from '@eduplatform/seed/scale/sizes';

try {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, rows: { type: 'string', default: '1000000' }, scale: { type: 'string' } },
  });
  const { scale } = values;
  if (scale !== undefined && !isScale(scale)) throw new Error(`--scale takes ${SCALES.join(', ')}`);
  const possible = scale === undefined ? PART_NAMES : SCALED_PARTS;
  const asked = values.only?.split(',') ?? possible;
  const only = possible.filter((name) => asked.includes(name));
  const rows = Number(values.rows);
  if (only.length !== asked.length || !Number.isSafeInteger(rows) || rows < 1000) {
    throw new Error(`--only takes ${possible.join(', ')}; --rows a number from 1000 on`);
  }
  process.exitCode = await benchIndexer(
    { only, rows, ...(scale && { scale }) },
    (line) => void process.stdout.write(`${line}\n`),
  );
} catch (error) {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.stdout.write(`indexer void: ${(error as Error).message.split('\n')[0]}\n`);
  process.exitCode = 1;
}
