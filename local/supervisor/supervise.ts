import type { WriteStream } from 'node:tty';
import { readScale } from '../scales/read-scale.ts';
import { readConfig } from './config.ts';
import { holdInstance } from './hold-instance.ts';
import { runStack } from './run-stack.ts';

export interface SuperviseOptions {
  /** Hot reload. */
  development: boolean;
  /** As it was typed. */
  scale: string | undefined;
}

/** Runs the whole stack until it is asked to end; answers the exit code. */
export async function supervise({ development, scale }: SuperviseOptions, out: WriteStream): Promise<number> {
  const config = readConfig(process.env, { development, scale: readScale(scale) });
  return holdInstance(config, out, (ending) => runStack(config, ending, out));
}
