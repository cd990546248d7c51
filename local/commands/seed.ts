/**
 * `npm run seed -- --scale demo|small|medium|full [--seed N] [--replace [--force]]`: fills the database `eduplatform_<scale>` of the
 * running stack's Postgres, or of the stack's own one while nothing runs, or the empty database that DATABASE_URL names.
 */
import { parseArgs } from 'node:util';
import { SCALES } from '@eduplatform/seed/scale/sizes';
import { TargetError } from '@eduplatform/seed/scale/target-error';
import { readScale } from '../scales/read-scale.ts';
import { seedOnTerminal, type SeedRequest } from '../scales/seed-on-terminal.ts';

const USAGE = `Which scale? npm run seed -- --scale ${SCALES.join('|')} [--seed N] [--replace [--force]]`;

function readArguments(): SeedRequest {
  const { scale, seed, replace, force } = parseArgs({
    options: {
      ...{ scale: { type: 'string' }, seed: { type: 'string' } },
      ...{ replace: { type: 'boolean' }, force: { type: 'boolean' } },
    },
  }).values;
  const chosen = readScale(scale);
  if (chosen === null) throw new TargetError(USAGE);
  const number = seed === undefined ? undefined : Number(seed);
  if (number !== undefined && !(Number.isSafeInteger(number) && number >= 0)) {
    throw new TargetError(`--seed takes a whole number, and not "${seed}". ${USAGE}`);
  }
  return { scale: chosen, seed: number, isReplacing: replace === true, isForced: force === true };
}

try {
  process.exitCode = await seedOnTerminal(readArguments());
} catch (error) {
  const { message, stack, code } = error as NodeJS.ErrnoException;
  const isForPeople = error instanceof TargetError || code?.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(`${isForPeople ? message : stack}\n`);
  process.stdout.write(`seed void: ${message.split('\n')[0]}\n`);
  process.exitCode = 1;
}
