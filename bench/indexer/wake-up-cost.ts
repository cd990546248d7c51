import { OUTBOX_CHANNEL } from '@eduplatform/contracts/events';
import { appendToOutbox } from '@eduplatform/db/outbox';
import { OutboxNotifier } from '@eduplatform/db/outbox-notifier';
import { createPool } from '@eduplatform/db/pool';
import { transaction } from '@eduplatform/db/transaction';
import { percentile } from '../histogram.ts';
import type { Part } from './context.ts';
import { figure } from './figure.ts';

const CLIENTS = 32;
const ROUND_MS = 2_000;
const ROUNDS = 11;
const TARGET_PERCENT = 10;

/** What the hint after each commit costs 32 writers, in rounds with and without it, against rounds without and without. */
export const wakeUpCost: Part = async ({ databaseUrl, print }) => {
  const onError = (error: Error): void => {
    throw error;
  };
  const pool = createPool({ connectionString: databaseUrl, applicationName: 'bench', max: CLIENTS, onError });
  const listeners = createPool({ connectionString: databaseUrl, applicationName: 'bench-listen', max: 1, onError });
  const listener = await listeners.connect();
  await listener.query(`listen ${OUTBOX_CHANNEL}`);
  const notifier = new OutboxNotifier({ connectionString: databaseUrl, onError });
  try {
    const silent = (): void => {};
    const wake = (): void => notifier.wake();
    await write(pool, silent);
    const losses: number[] = [];
    const controls: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      // Whatever else the machine does changes slowly, so neighbors are compared, in turns which of them goes first.
      const order = round % 2 === 0 ? [silent, wake, silent] : [silent, silent, wake];
      const rates: { isWoken: boolean; rate: number }[] = [];
      for (const after of order) rates.push({ isWoken: after === wake, rate: await write(pool, after) });
      const [first = 0, second = 0] = rates.filter(({ isWoken }) => !isWoken).map(({ rate }) => rate);
      const woken = rates.find(({ isWoken }) => isWoken)?.rate ?? 0;
      losses.push(100 * (1 - woken / ((first + second) / 2)));
      controls.push(100 * (1 - second / first));
    }
    const control = Math.abs(percentile(controls, 0.5));
    print(`  loss by round: ${losses.map((loss) => loss.toFixed(1)).join(', ')} %; control: ± ${control.toFixed(1)} %`);
    if (control > TARGET_PERCENT) {
      throw new Error(
        `nothing can be told: two rounds without differ by ${control.toFixed(1)} %, more than the target`,
      );
    }
    const note = `median of ${ROUNDS} rounds, ${CLIENTS} clients; of two rounds without the second lost ${control.toFixed(1)} %`;
    return [figure('wake-up cost', percentile(losses, 0.5), '%', { target: TARGET_PERCENT, note })];
  } finally {
    await notifier.close();
    listener.release(true);
    await listeners.end();
    await pool.end();
  }
};

/** Transactions per second of all clients together. */
async function write(pool: ReturnType<typeof createPool>, after: () => void): Promise<number> {
  const started = performance.now();
  let done = 0;
  const client = async (number: number): Promise<void> => {
    while (performance.now() - started < ROUND_MS) {
      await transaction(pool, (tx) => appendToOutbox(tx, [eventOf(number)], null));
      after();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)));
  return (done * 1000) / (performance.now() - started);
}

const eventOf = (number: number) => ({
  type: 'course.draft_changed' as const,
  aggregateType: 'course' as const,
  aggregateId: String(number),
  aggregateVersion: 1,
  payload: { courseId: String(number), change: 'bench' },
});
