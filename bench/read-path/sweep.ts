import type { LoadRequest } from '../load/burst.ts';
import type { Contender } from './contenders.ts';
import { measure, warmUp, type Measuring } from './measure.ts';
import type { Point } from './operating-point.ts';

/** What a contender does with more and more connections: a line of throughput against p99. */
export interface Curve {
  name: string;
  points: Point[];
}

export interface SweepOptions {
  requests: readonly LoadRequest[];
  connections: readonly number[];
  /** Of each burst. */
  seconds: number;
  warmUpSeconds: number;
  onBurst: (name: string) => void;
}

export const sweepSteps = ({ connections }: Pick<SweepOptions, 'connections'>): number => connections.length + 1;

export async function sweep(measuring: Measuring, contender: Contender, options: SweepOptions): Promise<Curve> {
  const { requests, seconds } = options;
  const points: Point[] = [];
  options.onBurst(contender.name);
  const most = options.connections.at(-1) ?? 1;
  await warmUp(measuring, contender, { requests, connections: most, seconds: options.warmUpSeconds });
  for (const connections of options.connections) {
    options.onBurst(`${contender.name}, ${connections} connections`);
    const { requestsPerSecond, p99Ms } = await measure(measuring, contender, { requests, connections, seconds });
    points.push({ connections, requestsPerSecond, p99Ms });
  }
  return { name: contender.name, points };
}
