import type { SinkWatermark } from '@eduplatform/contracts/redis-keys';
import type { BuildProgress } from '../build/build.ts';
import type { Checkpoint } from '../checkpoint.ts';
import type { SinkName } from '../leader/generations.ts';

/** opening: connecting and looking where it stands; building: being filled; live: following the stream; behind: left behind by it, and kept until it is rebuilt; paused: by an operator. */
export type SinkState = 'waiting' | 'opening' | 'building' | 'live' | 'behind' | 'paused' | 'failing';

/** What is known of a sink at this moment. */
export interface SinkStatus {
  name: SinkName;
  state: SinkState;
  generation: number;
  /** The highest generation that the sink has seen. */
  highestGeneration: number;
  checkpoint: Checkpoint | null;
  watermark: SinkWatermark | null;
  build: BuildProgress | null;
  /** The last failure; kept after the sink has recovered from it. */
  lastError: { message: string; at: string } | null;
}

export const initialStatus = (name: SinkName): SinkStatus => ({
  name,
  state: 'waiting',
  generation: 0,
  highestGeneration: 0,
  checkpoint: null,
  watermark: null,
  build: null,
  lastError: null,
});
