import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../../platform/paths.ts';
import { endChild } from '../../platform/launch.ts';
import { run } from '../../platform/run.ts';
import type { Section } from './sections.ts';
import { tallyLastLine, tallyReport, type Tally, type VitestReport } from './tally.ts';

export interface SectionRun {
  /** Added to the environment of the section's programs. */
  env: NodeJS.ProcessEnv;
  /** Folder for reports. */
  directory: string;
  say: (text: string) => void;
  /** Ends the section's programs; the section then rejects with the reason. */
  signal: AbortSignal;
}

export async function runSection(section: Section, options: SectionRun): Promise<Tally> {
  options.signal.throwIfAborted();
  if (section.kind === 'counted') return runCounted(section, options);
  return section.kind === 'check' ? runCheck(section, options) : runVitest(section, options);
}

/** Runs a check quietly; its output is shown when it fails. */
async function runCheck({ name, commands }: Section, { env, say, signal }: SectionRun): Promise<Tally> {
  const startedAt = performance.now();
  for (const { args, cwd = repositoryRoot } of commands) {
    const { code, output } = await run({ command: process.execPath, args, cwd, env }, signal);
    if (code !== 0) {
      say(`\n✗ ${name} (${seconds(startedAt)})\n${output.trim()}\n\n`);
      return { passed: 0, failed: 1, skipped: 0 };
    }
  }
  say(`✓ ${name} (${seconds(startedAt)})\n`);
  return { passed: 1, failed: 0, skipped: 0 };
}

/** Runs what counts by itself, quietly but for what it skips; its output is shown when it fails. */
async function runCounted({ name, commands }: Section, { env, say, signal }: SectionRun): Promise<Tally> {
  const startedAt = performance.now();
  const { code, output } = await run(
    { command: process.execPath, args: commands[0]?.args ?? [], cwd: repositoryRoot, env },
    signal,
  );
  const tally = tallyLastLine(output, code ?? 1);
  if (tally.failed > 0) say(`\n${output.trim()}\n`);
  else for (const line of output.split('\n').filter((each) => each.includes(': skipped, '))) say(`${line}\n`);
  say(`${tally.failed > 0 ? '✗' : '✓'} ${name} (${seconds(startedAt)})\n`);
  return tally;
}

/** Runs Vitest on the terminal, so that its progress is seen, and counts from its report. */
async function runVitest({ name, commands }: Section, { env, directory, say, signal }: SectionRun): Promise<Tally> {
  const startedAt = performance.now();
  const report = join(directory, `${name.replaceAll(' ', '-')}.json`);
  say(`\n${name}\n`);
  const args = [...(commands[0]?.args ?? []), '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const child = spawn(process.execPath, args, {
    cwd: repositoryRoot,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const end = () => void endChild(child, { command: process.execPath, args });
  signal.addEventListener('abort', end);
  const [code] = (await once(child, 'exit')) as [number | null];
  signal.removeEventListener('abort', end);
  signal.throwIfAborted();
  const tally = existsSync(report)
    ? tallyReport(JSON.parse(await readFile(report, 'utf8')) as VitestReport, code ?? 1)
    : { passed: 0, failed: 1, skipped: 0 };
  say(`${tally.failed > 0 ? '✗' : '✓'} ${name} (${seconds(startedAt)})\n`);
  return tally;
}

/** How many tests a Vitest run would have, without running them. */
export async function countTests({ commands }: Section, { env, signal }: SectionRun): Promise<number> {
  const args = (commands[0]?.args ?? []).map((arg) => (arg === 'run' ? 'list' : arg));
  const { code, output } = await run({ command: process.execPath, args, cwd: repositoryRoot, env }, signal);
  if (code !== 0) throw new Error(`the tests could not be listed:\n${output}`);
  return output.split('\n').filter((line) => line.includes(' > ')).length;
}

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
