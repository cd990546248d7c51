import { isPosition } from '@eduplatform/contracts/positions';
import type { CurrentGenerations, SinkWatermark, WatermarkMessage } from '@eduplatform/contracts/redis-keys';

export type SinkName = WatermarkMessage['sink'];

/** What `<prefix>:current` says, parsed. A model that nothing has been built of is null. */
export interface CurrentState {
  redis: { generation: number; ready: boolean } | null;
  search: { generation: number; epoch: number; ready: boolean } | null;
  marks: Record<SinkName, SinkWatermark | null>;
}

export const NOTHING_BUILT: CurrentState = { redis: null, search: null, marks: { redis: null, search: null } };

/** Parses the HASH at `<prefix>:current`; anything unreadable counts as absent. */
export function parseCurrent(hash: Partial<CurrentGenerations>): CurrentState {
  const redis = wholeNumber(hash.redisGeneration);
  const search = wholeNumber(hash.searchGeneration);
  const epoch = wholeNumber(hash.searchEpoch);
  return {
    redis: redis === null ? null : { generation: redis, ready: hash.redisReady === 'true' },
    search:
      search === null || epoch === null ? null : { generation: search, epoch, ready: hash.searchReady === 'true' },
    marks: { redis: parseWatermark(hash.redisWatermark), search: parseWatermark(hash.searchWatermark) },
  };
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function parseWatermark(text: string | undefined): SinkWatermark | null {
  const value = parseObject(text);
  if (!value || !isPosition(value['position']) || typeof value['at'] !== 'string') return null;
  return { position: value['position'], at: value['at'] };
}

/** Parses what the indexer announces; null for anything else. */
export function parseWatermarkMessage(text: string): WatermarkMessage | null {
  const value = parseObject(text);
  const mark = parseWatermark(text);
  if (!value || !mark) return null;
  const { sink, generation, epoch, touched } = value;
  if ((sink !== 'redis' && sink !== 'search') || !Number.isInteger(generation)) return null;
  return {
    ...mark,
    sink,
    generation: generation as number,
    ...(typeof epoch === 'number' && { epoch }),
    touched: Array.isArray(touched) ? touched.filter((key) => typeof key === 'string') : [],
  };
}

function parseObject(text: string | undefined): Record<string, unknown> | null {
  if (!text) return null;
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
