import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Meilisearch } from 'meilisearch';

export const MASTER_KEY = 'a-master-key-for-tests';
const MAIN = fileURLToPath(new URL('../../search-engine/main.ts', import.meta.url));

/** The search engine as a process of its own, on a folder of its own. */
export class EngineProcess {
  readonly dataDir: string;
  #child: ChildProcess | undefined;
  #client: Meilisearch | undefined;

  private constructor(dataDir: string) {
    this.dataDir = dataDir;
  }

  static async create(): Promise<EngineProcess> {
    return new EngineProcess(await mkdtemp(join(tmpdir(), 'search-engine-test-')));
  }

  get client(): Meilisearch {
    if (this.#client === undefined) throw new Error('the engine has not been started');
    return this.#client;
  }

  /** Starts it and answers the lines that it logged until it listened. */
  async start(): Promise<Record<string, unknown>[]> {
    const env = {
      ...process.env,
      SEARCH_ENGINE_DATA_DIR: this.dataDir,
      SEARCH_ENGINE_HOST: '127.0.0.1',
      SEARCH_ENGINE_PORT: '0',
      MEILI_MASTER_KEY: MASTER_KEY,
    };
    const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
    this.#child = child;
    if (child.stdout === null) throw new Error('the output of the engine is not piped');
    const lines: Record<string, unknown>[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      const entry = JSON.parse(line) as Record<string, unknown>;
      lines.push(entry);
      if (typeof entry.url !== 'string') continue;
      this.#client = new Meilisearch({ host: entry.url, apiKey: MASTER_KEY });
      return lines;
    }
    throw new Error(`the engine ended before it listened: ${JSON.stringify(lines)}`);
  }

  async kill(): Promise<void> {
    await this.#end((child) => child.kill('SIGKILL'));
  }

  /** Asks it to end and answers its exit code. */
  shutDown(): Promise<number | null> {
    return this.#end((child) => child.send('shutdown'));
  }

  async #end(how: (child: ChildProcess) => unknown): Promise<number | null> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const exited = once(child, 'exit');
    child.stdout?.resume();
    how(child);
    const [code] = (await exited) as [number | null];
    return code;
  }

  async dispose(): Promise<void> {
    await this.kill();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
