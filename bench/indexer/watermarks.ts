import { Redis } from 'ioredis';
import { watermarkChannel, type WatermarkMessage } from '@eduplatform/contracts/redis-keys';
import { eventually } from '@eduplatform/local/platform/wait';

export interface Arrival {
  position: string;
  /** By `performance.now()`. */
  at: number;
}

/** Hears the watermarks of one sink as a read API does. */
export interface Watermarks {
  readonly arrivals: Arrival[];
  /** The first that is at or past a position. */
  first(position: string): Arrival | undefined;
  passed(position: string, timeoutMs: number): Promise<Arrival>;
  close(): void;
}

export async function hearWatermarks(
  redisUrl: string,
  prefix: string,
  sink: WatermarkMessage['sink'],
): Promise<Watermarks> {
  const redis = new Redis(redisUrl);
  const arrivals: Arrival[] = [];
  redis.on('message', (_channel: string, text: string) => {
    const at = performance.now();
    // Parsing all that was touched would cost the bench what it measures.
    const found = /"sink":"([^"]+)","position":"([^"]+)"/.exec(text);
    if (found?.[1] !== sink) return;
    const position = found[2] ?? '';
    const last = arrivals.at(-1);
    if (!last || last.position < position) arrivals.push({ position, at });
  });
  await redis.subscribe(watermarkChannel(prefix));
  const first = (position: string): Arrival | undefined => {
    let [low, high] = [0, arrivals.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((arrivals[middle]?.position ?? '') < position) low = middle + 1;
      else high = middle;
    }
    return arrivals[low];
  };
  return {
    arrivals,
    first,
    async passed(position, timeoutMs) {
      await eventually(() => first(position) !== undefined, { timeoutMs });
      const arrival = first(position);
      if (!arrival) throw new Error(`${sink} did not pass ${position}`);
      return arrival;
    },
    close: () => redis.disconnect(),
  };
}

/** Number of a row within the whole outbox: the last part of a position. */
export const rowOf = (position: string): number => Number(position.slice(position.lastIndexOf('-') + 1));
