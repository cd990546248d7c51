import type { Contender } from './contenders.ts';

/** Ends what took part; at once, since each waits for its own connections. */
export const stopAll = async (contenders: Iterable<Contender>): Promise<void> => {
  await Promise.all([...contenders].map((contender) => contender.stop()));
};

/** Answers a contender that is being started, which from then on takes part. */
export type Enter = <T extends Contender>(starting: Promise<T>) => Promise<T>;

/** Ends all that took part in `work`, also when that throws: what is measured next is to have its core for itself. */
export async function withContenders<T>(work: (enter: Enter) => Promise<T>): Promise<T> {
  const entered: Contender[] = [];
  try {
    return await work(async (starting) => {
      const contender = await starting;
      entered.push(contender);
      return contender;
    });
  } finally {
    await stopAll(entered);
  }
}
