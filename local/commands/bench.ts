/**
 * `npm run bench -- [--scale S] [--rounds N] [--seconds S] [--only ROW,…] [--full] [--profile KIND,…]`: what the read path can do, each row of the
 * report against its target.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Scale } from '@eduplatform/seed/scale/sizes';
import { benchReadPath, DEFAULT_ROWS, PROFILE_NAMES, ROW_NAMES } from '@eduplatform/bench/read-path';
import { repositoryRoot } from '../platform/paths.ts';
import { readScale } from '../scales/read-scale.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} takes a number greater than 0, not "${text}"`);
  return value;
}

/** The names in a comma-separated option; undefined when it was not given, nothing when it is `none`. */
function named<T extends string>(option: string, text: string | undefined, known: readonly T[]): T[] | undefined {
  if (text === undefined) return undefined;
  const asked = text === 'none' ? [] : text.split(',');
  const found = known.filter((name) => asked.includes(name));
  if (found.length !== asked.length) throw new Error(`--${option} takes ${known.join(', ')}`);
  return found;
}

try {
  const { values } = parseArgs({
    options: {
      scale: { type: 'string' },
      rounds: { type: 'string', default: '9' },
      seconds: { type: 'string', default: '3' },
      only: { type: 'string' },
      full: { type: 'boolean', default: false },
      profile: { type: 'string' },
    },
  });
  const only = named('only', values.only, ROW_NAMES) ?? (values.full ? ROW_NAMES : DEFAULT_ROWS);
  const profiles = named('profile', values.profile, PROFILE_NAMES) ?? [];
  const scale = readScale(values.scale);
  const scales: [Scale, ...Scale[]] = values.full && scale === null ? ['small', 'medium', 'full'] : [scale ?? 'small'];
  const rounds = Math.round(positive('rounds', values.rounds));
  const seconds = positive('seconds', values.seconds);
  const results = join(repositoryRoot, 'bench', 'results');
  process.exitCode = await benchReadPath({ scales, rounds, seconds, only, profiles, results }, print);
} catch (error) {
  process.stderr.write(`${(error as Error).stack}\n`);
  print(`read path void: ${(error as Error).message.split('\n')[0]}`);
  process.exitCode = 1;
}
