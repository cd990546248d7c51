import { isPosition } from '@eduplatform/contracts/positions';
import {
  searchFields,
  type CurrentGenerations,
  type SinkWatermark,
  type WatermarkMessage,
} from '@eduplatform/contracts/redis-keys';
import {
  isSearchSinkName,
  isSinkName,
  type SearchSinkName,
  type SinkName,
} from '@eduplatform/contracts/search-servers';

export interface SearchModel {
  generation: number;
  epoch: number;
  ready: boolean;
}

/** What `<prefix>:current` says, parsed. A model that nothing has been built of is null or missing. */
export interface CurrentState {
  redis: { generation: number; ready: boolean } | null;
  search: Partial<Record<SearchSinkName, SearchModel>>;
  marks: Partial<Record<SinkName, SinkWatermark>>;
  /** Keys of documents that a search server refused: what is found of them there is old. */
  dead: Partial<Record<SearchSinkName, ReadonlySet<string>>>;
}

export const NOTHING_BUILT: CurrentState = { redis: null, search: {}, marks: {}, dead: {} };

/** Parses the HASH at `<prefix>:current`; anything unreadable counts as absent. */
export function parseCurrent(hash: Partial<CurrentGenerations>): CurrentState {
  const redis = wholeNumber(hash.redisGeneration);
  const state: CurrentState = {
    redis: redis === null ? null : { generation: redis, ready: hash.redisReady === 'true' },
    search: {},
    marks: {},
    dead: {},
  };
  const redisMark = parseWatermark(hash.redisWatermark);
  if (redisMark) state.marks.redis = redisMark;
  for (const sink of Object.keys(hash)
    .map((field) => field.replace(/Generation$/, ''))
    .filter(isSearchSinkName)) {
    const fields = searchFields(sink);
    const [generation, epoch] = [wholeNumber(hash[fields.generation]), wholeNumber(hash[fields.epoch])];
    if (generation === null || epoch === null) continue;
    state.search[sink] = { generation, epoch, ready: hash[fields.ready] === 'true' };
    const mark = parseWatermark(hash[fields.watermark]);
    if (mark) state.marks[sink] = mark;
    const dead = parseKeys(hash[fields.dead]);
    if (dead.length > 0) state.dead[sink] = new Set(dead);
  }
  return state;
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
  const { sink, generation, epoch, dead, touched } = value;
  if (!isSinkName(sink) || !Number.isInteger(generation)) return null;
  return {
    ...mark,
    sink,
    generation: generation as number,
    ...(typeof epoch === 'number' && { epoch }),
    ...(dead !== undefined && { dead: keysIn(dead) }),
    touched: keysIn(touched),
  };
}

const parseKeys = (text: string | undefined): string[] => keysIn(parseObject(text));

const keysIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((key) => typeof key === 'string') : [];

function parseObject(text: string | undefined): Record<string, unknown> | null {
  if (!text) return null;
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
