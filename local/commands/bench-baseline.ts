/**
 * `npm run bench:baseline -- first|tuned [--port N] [--refill | --drop]`: fills a baseline's database beside the running
 * stack's own and serves it until Ctrl-C. `--drop` removes the database.
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { dropBaseline, fillBaseline, type FillProgress } from '@eduplatform/bench/baselines/fill/fill';
import { BASELINE_KINDS } from '@eduplatform/bench/baselines/kinds';
import { baselineProgram } from '@eduplatform/bench/baselines/start';
import { interruption } from '../jobs/on-interrupt.ts';
import { ProgressBar } from '../jobs/progress-bar.ts';
import { timeLeft } from '../jobs/time-left.ts';
import { endChild, launch } from '../platform/launch.ts';
import { stateDirectory } from '../platform/paths.ts';
import { freePort } from '../platform/ports.ts';
import { readStack } from '../supervisor/stack-file.ts';
import { databaseOfStack } from './running-stack.ts';

const USAGE = 'npm run bench:baseline -- first|tuned [--port N] [--refill | --drop]';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string' }, refill: { type: 'boolean' }, drop: { type: 'boolean' } },
  });
  const kind = BASELINE_KINDS.find((name) => name === positionals[0]);
  const port = values.port === undefined ? await freePort() : Number(values.port);
  if (!kind || positionals.length > 1 || !Number.isInteger(port)) throw new Error(USAGE);
  const sourceUrl = await databaseOfStack();
  if (values.drop) {
    await dropBaseline(sourceUrl, kind);
    say(`dropped ${kind}`);
    return 0;
  }
  const signal = interruption();
  await fill({ sourceUrl, kind, refill: values.refill === true });
  const writeApiUrl = (await readStack(stateDirectory()))?.services.writeApi?.url ?? 'http://127.0.0.1:4002';
  const program = baselineProgram({ kind, sourceUrl, writeApiUrl, port });
  const child = launch(program);
  child.stdout?.pipe(process.stdout);
  child.stderr?.pipe(process.stderr);
  signal.addEventListener('abort', () => void endChild(child, program));
  say(`${kind} listens on http://127.0.0.1:${port}; Ctrl-C ends it`);
  const [code] = (await once(child, 'exit')) as [number | null];
  say(`${kind} ended`);
  return code ?? 1;
}

async function fill(options: Parameters<typeof fillBaseline>[0]): Promise<void> {
  const bar = new ProgressBar(process.stdout);
  const started = performance.now();
  const onProgress = ({ step, done, total }: FillProgress): void => {
    const rate = step === 'rows' ? (done * 1000) / (performance.now() - started) : 0;
    bar.show(`${options.kind}: ${step}`, done, total, timeLeft(done, total, rate));
  };
  await fillBaseline({ ...options, onProgress }).finally(() => bar.clear());
  say(`filled in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

process.exitCode = await main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  say(`baseline failed: ${error.message.split('\n')[0]}`);
  return 1;
});
