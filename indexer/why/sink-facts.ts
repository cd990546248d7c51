import { Redis } from 'ioredis';
import {
  currentKey,
  documentKeys,
  searchFields,
  type CurrentGenerations,
  type SinkWatermark,
} from '@eduplatform/contracts/redis-keys';
import { isSearchSinkName } from '@eduplatform/contracts/search-servers';
import { formatPosition } from '@eduplatform/contracts/positions';
import type { Queryable } from '@eduplatform/db/transaction';
import { listSinks, type SinkRecord } from '../admin/sinks.ts';
import { searchSinksOf, type Config } from '../config.ts';
import { searchKey } from '../projections/courses/search-documents.ts';
import { sourceInRedis, sourceInSearch } from '../projections/document-source.ts';
import { loadDocuments } from '../projections/load-documents.ts';
import { PROJECTIONS } from '../projections/registry.ts';
import type { Inspector } from '../verify/inspector.ts';
import { RedisInspector } from '../verify/redis-inspector.ts';
import { SearchInspector } from '../verify/search-inspector.ts';
import type { SinkFacts, WhyFacts } from './facts.ts';

type Current = Partial<CurrentGenerations>;
type Places = Pick<Config, 'redis' | 'search'>;
type Subject = Pick<WhyFacts, 'draft' | 'lesson'>;

export interface SinkSources {
  db: Queryable;
  config: Places;
  readQueues: () => Promise<Map<string, number | null>>;
  /** The last error of a sink that fails now; null: none, or not known here. */
  errorOf: (sink: string) => string | null;
  onError: (error: Error) => void;
}

/** What is known of each configured sink, and of what it holds of the subject: as readers are told, whoever leads. */
export async function readSinks(sources: SinkSources, subject: Subject): Promise<SinkFacts[]> {
  const { db, config, readQueues } = sources;
  const names = sinkNames(config);
  const [current, records, queues] = await Promise.all([readCurrent(sources), listSinks(db), readQueues()]);
  return Promise.all(
    names.map(async (name): Promise<SinkFacts> => {
      const record = records.find(({ sink }) => sink === name);
      const keys = keysOf(subject, name);
      const [deadLetters, job, differing] = await Promise.all([
        readDeadLetters(db, name, keys),
        readJob(db, name),
        compare(sources, name, current, keys),
      ]);
      return {
        ...{ name, deadLetters, job, differing, queue: queues.get(name) ?? null, error: sources.errorOf(name) },
        ...standing(name, current),
        ...wishes(record),
      };
    }),
  );
}

/** Where each configured sink stands, as readers are told. */
export async function readStandings(sources: Pick<SinkSources, 'config' | 'onError'>) {
  const current = await readCurrent(sources);
  return sinkNames(sources.config).map((name) => ({ name, ...standing(name, current) }));
}

const sinkNames = ({ search }: Places): string[] => ['redis', ...searchSinksOf(search).map(({ name }) => name)];

/** What the indexer tells readers. Empty when Redis is away: then nobody is told anything. */
async function readCurrent({ config: { redis }, onError }: Pick<SinkSources, 'config' | 'onError'>): Promise<Current> {
  const client = new Redis(redis.url, {
    ...{ connectTimeout: 1_000, commandTimeout: 2_000, maxRetriesPerRequest: 0, retryStrategy: () => null },
  });
  client.on('error', onError);
  try {
    return await client.hgetall(currentKey(redis.prefix));
  } catch (error) {
    onError(error as Error);
    return {};
  } finally {
    client.disconnect();
  }
}

const fieldsOf = (name: string) =>
  isSearchSinkName(name)
    ? searchFields(name)
    : ({
        generation: 'redisGeneration',
        epoch: 'leaderEpoch',
        ready: 'redisReady',
        watermark: 'redisWatermark',
      } as const);

function standing(name: string, current: Current): Pick<SinkFacts, 'position' | 'positionAt' | 'isReady'> {
  const { ready, watermark } = fieldsOf(name);
  const json = current[watermark];
  const told = json ? (JSON.parse(json) as SinkWatermark) : null;
  return { position: told?.position ?? null, positionAt: told?.at ?? null, isReady: current[ready] === 'true' };
}

const wishes = (record: SinkRecord | undefined): Pick<SinkFacts, 'isPaused' | 'pausedAt' | 'needsRebuild'> => ({
  isPaused: record?.isPaused ?? false,
  pausedAt: record?.pausedAt ?? null,
  needsRebuild: record?.needsRebuild ?? null,
});

/** The documents by which readers know the subject. */
function keysOf({ draft: { id }, lesson }: Subject, name: string): string[] {
  if (name !== 'redis') return [lesson ? searchKey('lessons', lesson.id) : searchKey('courses', id)];
  if (lesson) return [documentKeys.lesson(lesson.id), documentKeys.lessonLocked(lesson.id)];
  return [documentKeys.card(id), documentKeys.course(id), documentKeys.curriculum(id), documentKeys.outline(id)];
}

const DEAD_LETTERS = `
  select key, reason, last_failed_at as at, replay_requested_at is not null as "isReplayRequested"
  from dead_letters where sink = $1 and key = any($2) order by id`;

async function readDeadLetters(db: Queryable, sink: string, keys: string[]): Promise<SinkFacts['deadLetters']> {
  return (await db.query<SinkFacts['deadLetters'][number]>(DEAD_LETTERS, [sink, keys])).rows;
}

const JOB = `
  select kind, coalesce(progress ->> 'phase', state) as phase from indexer_jobs
  where sink = $1 and state in ('requested', 'running')`;

async function readJob(db: Queryable, sink: string): Promise<SinkFacts['job']> {
  return (await db.query<NonNullable<SinkFacts['job']>>(JOB, [sink])).rows[0] ?? null;
}

async function compare(
  { db, config, onError }: SinkSources,
  name: string,
  current: Current,
  keys: string[],
): Promise<SinkFacts['differing']> {
  const inspector = inspectorOf(config, name, current, onError);
  if (!inspector) return null;
  const isRedis = inspector.readModel === 'redis';
  const [projections, sourceOf] = isRedis ? [PROJECTIONS.redis, sourceInRedis] : [PROJECTIONS.search, sourceInSearch];
  try {
    const expected = await loadDocuments(db, projections, sourceOf, keys);
    const differences = await inspector.compare(expected, async () => LAST_POSITION);
    return keys.flatMap((key, index) => {
      const difference = differences[index];
      return difference ? [{ key, difference }] : [];
    });
  } catch (error) {
    onError(error as Error);
    return null;
  } finally {
    await inspector.close();
  }
}

/** Whether a version lies in the future is asked by verifications. */
const LAST_POSITION = formatPosition({
  history: 2 ** 31 - 1,
  transactionId: '9'.repeat(20),
  position: '9'.repeat(19),
});

function inspectorOf(
  { redis, search }: Places,
  name: string,
  current: Current,
  onError: (error: Error) => void,
): Inspector | null {
  const fields = fieldsOf(name);
  const place = { generation: Number(current[fields.generation] ?? 0), epoch: Number(current[fields.epoch] ?? 0) };
  if (place.generation === 0) return null;
  if (name === 'redis') return new RedisInspector({ ...redis, ...place, onError });
  const server = searchSinksOf(search).find((each) => each.name === name);
  return server ? new SearchInspector({ ...server, ...place }) : null;
}
