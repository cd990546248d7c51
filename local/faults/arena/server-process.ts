import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { ChildProcess } from 'node:child_process';
import { endChild, hasExited, launch, type LaunchSpec } from '../../platform/launch.ts';
import { eventually } from '../../platform/wait.ts';

const START_MS = 180_000;

export interface ServerOptions {
  name: string;
  spec: LaunchSpec;
  /** Rejects while it is not ready. */
  check: () => Promise<unknown>;
  logFile: string;
}

/** A process of a fault run: it is started, killed, stopped in its tracks, and started again. */
export class ServerProcess {
  readonly #options: ServerOptions;
  #child: ChildProcess | undefined;

  constructor(options: ServerOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#child !== undefined && !hasExited(this.#child);
  }

  /** Starts it; `isReady` false does not wait until it is ready. */
  async start(isReady = true): Promise<void> {
    const { name, spec, check, logFile } = this.#options;
    if (this.isRunning) throw new Error(`${name} runs already`);
    const child = launch(spec);
    this.#child = child;
    const log = createWriteStream(logFile, { flags: 'a' });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    log.write(`--- started as ${child.pid}\n`);
    // The last resort, when the run ends without closing.
    const kill = (): void => void child.kill('SIGKILL');
    process.once('exit', kill);
    child.once('exit', () => {
      process.off('exit', kill);
      log.end();
    });
    if (!isReady) return;
    await eventually(async () => hasExited(child) || (await check()) !== false, { timeoutMs: START_MS });
    if (hasExited(child)) throw new Error(`${name} ended at once; see ${logFile}`);
  }

  async whenReady(): Promise<void> {
    await eventually(async () => (await this.#options.check()) !== false, { timeoutMs: START_MS });
  }

  /** Starts it, and again whenever it has ended by itself, until it is ready. */
  async keepUntilReady(): Promise<void> {
    const attempt = async (): Promise<boolean> => {
      if (!this.isRunning) await this.start(false);
      return (await this.#options.check()) !== false;
    };
    await eventually(attempt, { timeoutMs: START_MS });
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** kill -9, and its end. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || hasExited(child)) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  /** Asks it to end. */
  async stop(): Promise<void> {
    if (this.#child) await endChild(this.#child, this.#options.spec);
  }

  /** Ends when it has ended by itself. */
  async whenEnded(timeoutMs: number): Promise<void> {
    await eventually(() => !this.isRunning, { timeoutMs });
  }
}
