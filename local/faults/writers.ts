import { setTimeout as delay } from 'node:timers/promises';
import { OutboxNotifier } from '@eduplatform/db/outbox-notifier';
import { createPool } from '@eduplatform/db/pool';
import type pg from 'pg';
import { insertTeacher } from '@eduplatform/indexer/test/support/courses';
import { Writer, type Acknowledged } from './writer.ts';

export const CLIENTS = 8;
/** Between two commands of a client: the faults are to meet changes, not a full machine. */
const PAUSE_MS = 25;

/** Eight clients that work while they are let. */
export class Writers {
  readonly pool: pg.Pool;
  /** False: nobody rings after a commit. */
  notifies = true;
  readonly #notifier: OutboxNotifier;
  #writers: Writer[] = [];
  #working: Promise<unknown> = Promise.resolve();
  #isWorking = false;

  constructor(connectionString: string) {
    const onError = (): void => {};
    this.pool = createPool({ connectionString, applicationName: 'writer', max: CLIENTS + 2, onError });
    this.#notifier = new OutboxNotifier({ connectionString, onError });
  }

  async prepare(random: () => number): Promise<void> {
    const teacher = await insertTeacher(this.pool);
    const wake = (): void => {
      if (this.notifies) this.#notifier.wake();
    };
    this.#writers = Array.from({ length: CLIENTS }, () => new Writer({ pool: this.pool, teacher, random, wake }));
  }

  get acknowledged(): Acknowledged[] {
    return this.#writers.flatMap((writer) => writer.acknowledged);
  }

  get failures(): number {
    return this.#writers.reduce((all, { failures }) => all + failures, 0);
  }

  expected(): Map<string, string | null> {
    return new Map(this.#writers.flatMap((writer) => [...writer.expected()]));
  }

  forget(): void {
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
