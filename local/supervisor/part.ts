import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { ChildProcess } from 'node:child_process';
import { endChild, hasExited, launch, type LaunchSpec } from '../platform/launch.ts';
import { eventually } from '../platform/wait.ts';
import { countFailure } from './backoff.ts';
import { lastLines, openLog } from './log-file.ts';
import type { ProcessList } from './process-list.ts';

/** How one part of the stack is started and recognized as ready. */
export interface PartDefinition {
  name: string;
  title: string;
  /** Makes ready what the process needs; runs before each start, so it also repairs after a crash. */
  prepare?: () => Promise<void>;
  spec: LaunchSpec;
  /** Rejects while the part is not ready. */
  check: () => Promise<unknown>;
  /** Longest time from process to readiness, in milliseconds. */
  readyWithinMs: number;
  logFile: string;
}

export interface PartEvents {
  processes: ProcessList;
  /** The process changed: it has a pid, or none while it is down. */
  onProcess(name: string, pid: number | undefined): void;
  /** Something a person should read. */
  say(line: string): void;
}

export interface Part {
  name: string;
  /** Resolves when it is ready for the first time; rejects when it cannot be started. */
  start(): Promise<void>;
  /** Ends it for good. */
  stop(): Promise<void>;
}

const STARTS_BEFORE_GIVING_UP = 3;
const LINES_OF_LOG = 12;

/** Runs a part until it is stopped: starts it, waits for readiness, starts it again when it dies. */
export function createPart(definition: PartDefinition, events: PartEvents): Part {
  const { name, title, spec, logFile } = definition;
  const stopping = new AbortController();
  const log = openLog(logFile);
  let child: ChildProcess | undefined;
  let supervision: Promise<void> = Promise.resolve();

  async function startProcess(): Promise<ChildProcess> {
    await definition.prepare?.();
    stopping.signal.throwIfAborted();
    const started = launch(spec);
    child = started;
    started.stdout?.on('data', log.write);
    started.stderr?.on('data', log.write);
    started.on('error', (error) => log.write(`${error.message}\n`));
    if (started.pid !== undefined) {
      events.onProcess(name, started.pid);
      await listed(events.processes.add(name, started.pid, spec.stopSignal ?? 'SIGTERM'));
    }
    return started;
  }

  async function waitUntilReady(started: ChildProcess): Promise<void> {
    const ready = async () => {
      if (hasExited(started)) return 'exited' as const;
      await definition.check();
      return 'ready' as const;
    };
    const { signal } = stopping;
    const outcome = await eventually(ready, { timeoutMs: definition.readyWithinMs, intervalMs: 50, signal });
    if (outcome === 'exited') throw new Error(`it ended (${describeEnd(started)})`);
  }

  async function ended(process: ChildProcess): Promise<void> {
    if (!hasExited(process)) await once(process, 'exit');
    if (process.pid === undefined) return;
    events.onProcess(name, undefined);
    await listed(events.processes.remove(process.pid));
  }

  /** The list serves the next start after a crash; when it cannot be written (a full disk, say), this run goes on. */
  async function listed(change: Promise<void>): Promise<void> {
    await change.catch((error: unknown) => events.say(`The list of processes is out of date: ${String(error)}`));
  }

  async function startOnce(): Promise<ChildProcess> {
    const started = await startProcess();
    try {
      await waitUntilReady(started);
      return started;
    } catch (error) {
      await endChild(started, spec);
      await ended(started);
      throw error;
    }
  }

  async function firstStart(): Promise<ChildProcess> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await startOnce();
      } catch (error) {
        stopping.signal.throwIfAborted();
        if (attempt === STARTS_BEFORE_GIVING_UP) throw new Error(failureText(error as Error), { cause: error });
        await delay(countFailure(attempt, 0).delayMs, undefined, { signal: stopping.signal });
      }
    }
  }

  async function keepRunning(first: ChildProcess): Promise<void> {
    let running: ChildProcess | undefined = first;
    let since = performance.now();
    for (let failures = 0; !stopping.signal.aborted;) {
      if (running) await ended(running);
      if (stopping.signal.aborted) return;
      const failure = countFailure(failures, performance.now() - since);
      failures = failure.count;
      const why = running ? describeEnd(running) : 'it did not become ready';
      events.say(`${title} ended (${why}); starting it again in ${failure.delayMs / 1000} s`);
      if (failure.isLoop) events.say(`${title} keeps failing. ${tail()}`);
      await delay(failure.delayMs, undefined, { signal: stopping.signal });
      since = performance.now();
      running = await startOnce().catch((error: unknown) => {
        log.write(`${String(error)}\n`);
        return undefined;
      });
      if (running) events.say(`${title} is back`);
    }
  }

  const failureText = (error: Error) => `${title} could not be started: ${error.message}. ${tail()}`;
  const tail = () => `Last lines of ${logFile}:\n${indent(lastLines(logFile, LINES_OF_LOG))}`;

  return {
    name,
    async start() {
      const starting = firstStart();
      supervision = starting.then(() => undefined, ignoreFailedStart);
      const first = await starting;
      supervision = keepRunning(first).catch((error: unknown) => {
        if (!stopping.signal.aborted) events.say(`${title} is no longer watched: ${String(error)}`);
      });
    },
    async stop() {
      stopping.abort(new Error('the stack is stopping'));
      if (child) {
        await endChild(child, spec);
        await ended(child);
      }
      await supervision;
      log.close();
    },
  };
}

function ignoreFailedStart(): void {
  // Who called start() is told; stop() only waits for its end.
}

function describeEnd({ exitCode, signalCode }: ChildProcess): string {
  return signalCode ? `killed by ${signalCode}` : `exit code ${exitCode ?? 'unknown'}`;
}

function indent(lines: string[]): string {
  return lines.map((line) => `    ${line}`).join('\n');
}
