import { once } from 'node:events';
import { get } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { endChild, hasExited, launch, type LaunchSpec } from '@eduplatform/local/platform/launch';
import { identify, isRunning } from '@eduplatform/local/platform/process-identity';
import { eventually } from '@eduplatform/local/testing/context';

/** One line of its log. */
interface Entry {
  msg: string;
  pid: number;
  port?: number;
  metrics?: string;
}

/** Who answered a request. */
export interface Answer {
  pid: number;
  isFirst: boolean;
  count: number;
}

/** An answer in two parts. */
export interface Opened {
  begun: string;
  whole: Promise<string>;
}

const START = { timeoutMs: 30_000 };

/** The example service as a real process. */
export class Example {
  readonly #child;
  readonly #spec: LaunchSpec;
  readonly #log: Entry[] = [];

  constructor(env: NodeJS.ProcessEnv = {}) {
    this.#spec = {
      command: process.execPath,
      args: [fileURLToPath(new URL('example.ts', import.meta.url))],
      env: { EXAMPLE_PORT: '0', LOG_LEVEL: 'info', ...env },
      ipc: true,
    };
    this.#child = launch(this.#spec);
    const { stdout, stderr } = this.#child;
    stderr?.pipe(process.stderr);
    if (stdout) createInterface({ input: stdout }).on('line', (line) => this.#log.push(JSON.parse(line) as Entry));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Ids of the processes that have listened so far. */
  get listening(): number[] {
    return this.#log.filter(({ msg }) => msg === 'listening').map(({ pid }) => pid);
  }

  get messages(): string[] {
    return this.#log.map(({ msg }) => msg);
  }

  /** Waits until so many processes have listened since its start. */
  async listened(count: number): Promise<this> {
    await eventually(() => this.listening.length >= count || hasExited(this.#child), START);
    if (this.listening.length < count) throw new Error(`it ended: ${this.messages.join('; ')}`);
    return this;
  }

  /** Its answer, and who gave it; each on a connection of its own. */
  ask = async (): Promise<Answer> => JSON.parse(await this.#read('/')) as Answer;

  /** Resolves when the first part of the answer is here. */
  async open(path: string): Promise<Opened> {
    const { promise, resolve } = Promise.withResolvers<string>();
    const whole = this.#read(path, resolve);
    return { begun: await promise, whole };
  }

  /** A metric's value, as `/metrics` has it. */
  async metric(name: string): Promise<number> {
    const url = this.#log.find(({ metrics }) => metrics)?.metrics;
    if (!url) throw new Error('it serves no metrics');
    const text = await (await fetch(url)).text();
    return Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1]);
  }

  send = (message: string): void => void this.#child.send(message);

  kill = (signal: NodeJS.Signals): void => void this.#child.kill(signal);

  /** Resolves with the exit code when it has ended. */
  async ended(): Promise<number | null> {
    if (!hasExited(this.#child)) await once(this.#child, 'exit');
    return this.#child.exitCode;
  }

  /** Ends it, and waits until neither it nor a process that listened is left. */
  async stop(): Promise<void> {
    await endChild(this.#child, this.#spec);
    await goneAll(this.listening);
  }

  async #read(path: string, onBegun = (_text: string): void => {}): Promise<string> {
    const port = this.#log.find((entry) => entry.port)?.port;
    // Without an agent's pool: each request takes a connection, and so may reach another worker.
    const [response] = (await once(get({ port, path, agent: false }), 'response')) as [AsyncIterable<Buffer>];
    let text = '';
    for await (const chunk of response) {
      text += chunk.toString();
      onBegun(text);
    }
    return text;
  }
}

/** Waits until none of these processes runs. */
export async function goneAll(pids: readonly number[]): Promise<void> {
  await eventually(async () => {
    const running = await Promise.all(
      pids.map(async (pid) => {
        const identity = await identify(pid);
        return identity && (await isRunning(identity)) ? [pid] : [];
      }),
    );
    return running.flat().length === 0;
  });
}
