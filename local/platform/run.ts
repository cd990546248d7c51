import { once } from 'node:events';
import { launch, type LaunchSpec } from './launch.ts';

export interface RunResult {
  code: number | null;
  output: string;
}

const OUTPUT_LIMIT = 1_000_000;

/** Runs a program to its end and returns its exit code and its output (stdout and stderr together, the last 1 MB). */
export async function run(spec: LaunchSpec): Promise<RunResult> {
  const child = launch(spec);
  let output = '';
  const collect = (chunk: Buffer) => {
    output = (output + chunk.toString('utf8')).slice(-OUTPUT_LIMIT);
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

/** Like `run`, but a nonzero exit is an error that carries the output. */
export async function runOrFail(spec: LaunchSpec, doing: string): Promise<string> {
  const { code, output } = await run(spec);
  if (code !== 0) throw new Error(`${doing} failed (exit code ${code ?? 'none, ended by a signal'})\n${output.trim()}`);
  return output;
}
