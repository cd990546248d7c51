import { once } from 'node:events';
import { endChild, launch, type LaunchSpec } from './launch.ts';

export interface RunResult {
  code: number | null;
  output: string;
}

const OUTPUT_LIMIT = 1_000_000;

/**
 * Runs a program to its end and returns its exit code and its output (stdout and stderr together, the last 1 MB).
 * @throws the signal's reason when aborted, after the program has ended.
 */
export async function run(spec: LaunchSpec, signal?: AbortSignal): Promise<RunResult> {
  signal?.throwIfAborted();
  const child = launch(spec);
  const end = () => void endChild(child, spec);
  signal?.addEventListener('abort', end);
  let output = '';
  const collect = (chunk: Buffer) => {
    output = (output + chunk.toString('utf8')).slice(-OUTPUT_LIMIT);
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const [code] = (await once(child, 'close').finally(() => signal?.removeEventListener('abort', end))) as [
    number | null,
  ];
  signal?.throwIfAborted();
  return { code, output };
}

/** Like `run`, but a nonzero exit is an error that carries the output. */
export async function runOrFail(spec: LaunchSpec, doing: string, signal?: AbortSignal): Promise<string> {
  const { code, output } = await run(spec, signal);
  if (code !== 0) throw new Error(`${doing} failed (exit code ${code ?? 'none, ended by a signal'})\n${output.trim()}`);
  return output;
}
