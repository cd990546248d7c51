/**
 * `npm run bench -- [--scale S] [--rounds N] [--seconds S] [--only ROW,…]`: what the read path can do, each row of the
 * report against its target.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchReadPath, ROW_NAMES } from '@eduplatform/bench/read-path';
import { repositoryRoot } from '../platform/paths.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} takes a number greater than 0, not "${text}"`);
  return value;
}

try {
  const { values } = parseArgs({
    options: {
      scale: { type: 'string', default: 'demo' },
      rounds: { type: 'string', default: '9' },
      seconds: { type: 'string', default: '3' },
      only: { type: 'string' },
    },
  });
  const only = values.only?.split(',') ?? ROW_NAMES;
  if (!only.every((name) => ROW_NAMES.includes(name))) throw new Error(`--only takes ${ROW_NAMES.join(', ')}`);
  const rounds = Math.round(positive('rounds', values.rounds));
  const seconds = positive('seconds', values.seconds);
  const results = join(repositoryRoot, 'bench', 'results');
  process.exitCode = await benchReadPath({ scale: values.scale, rounds, seconds, only, results }, print);
} catch (error) {
  process.stderr.write(`${(error as Error).stack}\n`);
  print(`read path void: ${(error as Error).message.split('\n')[0]}`);
  process.exitCode = 1;
}
