import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { OutboxNotifier } from '@eduplatform/db/outbox-notifier';
import { createPool } from '@eduplatform/db/pool';
import type { Acknowledged } from './course-history.ts';
import { registerTeacher } from './register-teacher.ts';
import { Writer } from './writer.ts';

const CLIENTS = 8;
/** Between two commands of a client: the faults are to meet changes, not a full machine. */
const PAUSE_MS = 25;
/** So many of the last commands are remembered for readers. */
const RECENT = 200;

/** Eight clients that work while they are let. */
export class Writers {
  readonly pool: pg.Pool;
  /** False: nobody rings after a commit. */
  notifies = true;
  /** Commands that were acknowledged. */
  count = 0;
  /** The last commands that were acknowledged, the newest last. */
  recent: Acknowledged[] = [];
  readonly #notifier: OutboxNotifier;
  readonly #writers: Writer[];
  #working: Promise<unknown> = Promise.resolve();
  #isWorking = false;

  constructor(connectionString: string, random: () => number) {
    const onError = (): void => {};
    this.pool = createPool({ connectionString, applicationName: 'writer', max: CLIENTS + 2, onError });
    this.#notifier = new OutboxNotifier({ connectionString, onError });
    const options = {
      ...{ pool: this.pool, random },
      wake: () => {
        if (this.notifies) this.#notifier.wake();
      },
      onAcknowledged: (acknowledged: Acknowledged) => {
        this.count += 1;
        this.recent = [...this.recent.slice(1 - RECENT), acknowledged];
      },
    };
    this.#writers = Array.from({ length: CLIENTS }, () => new Writer(options));
  }

  /** Makes what every course needs. */
  async prepare(): Promise<void> {
    await registerTeacher(this.pool);
  }

  get acknowledged(): Acknowledged[] {
    return this.#writers.flatMap((writer) => writer.acknowledged);
  }

  expected(): Map<string, string | null> {
    return new Map(this.#writers.flatMap((writer) => [...writer.expected()]));
  }

  /** What was acknowledged is void: the database is another one. */
  forget(): void {
    this.recent = [];
    for (const writer of this.#writers) writer.forget();
  }

  start(): void {
    this.#isWorking = true;
    this.#working = Promise.all(
      this.#writers.map(async (writer) => {
        while (this.#isWorking) {
          await writer.step();
          await delay(PAUSE_MS);
        }
      }),
    );
  }

  /** Ends when each has ended its command. */
  async pause(): Promise<void> {
    this.#isWorking = false;
    await this.#working;
  }

  async close(): Promise<void> {
    await this.pause();
    await this.#notifier.close();
    await this.pool.end();
  }
}
