import { setTimeout as delay } from 'node:timers/promises';
import { formatPosition, type Position } from '@eduplatform/contracts/positions';
import { appendToOutbox } from '@eduplatform/db/outbox';
import { transaction } from '@eduplatform/db/transaction';
import type pg from 'pg';
import { checkpointPosition } from '../checkpoint.ts';
import { searchSinksOf, type Config } from '../config.ts';
import { sourceInRedis, sourceInSearch } from '../projections/document-source.ts';
import { loadDocuments } from '../projections/load-documents.ts';
import { PROJECTIONS } from '../projections/registry.ts';
import type { SinkStatus } from '../run/status.ts';
import type { Inspector } from './inspector.ts';
import { RedisInspector } from './redis-inspector.ts';
import { Report, type VerifyProgress, type VerifyResult } from './report.ts';
import { SearchInspector } from './search-inspector.ts';
import { verify } from './verify.ts';

const LOOK_MS = 50;
/** A writing transaction that is left open holds the sinks back; the server ends it after 30 s at most. */
const CATCH_UP_MS = 60_000;
/** Documents that one event names. */
const MENDED_AT_ONCE = 200;

export interface VerifySinkOptions {
  config: Pick<Config, 'redis' | 'search'>;
  pool: pg.Pool;
  status: () => SinkStatus;
  epoch: number;
  /** Whether what differs is written again. */
  repairs: boolean;
  signal: AbortSignal;
  onProgress: (progress: VerifyProgress) => void;
  onError: (error: Error) => void;
}

/** The sink cannot be judged: it is not there, does not come forward, or was built anew meanwhile. */
export class NotVerifiableError extends Error {
  override name = 'NotVerifiableError';
}

/**
 * Verifies the generation of a sink that readers use, in the process that leads. To mend, it appends an event that names
 * the documents: so they are loaded anew and written by the stream, with its version and under its epoch, and neither
 * another leader nor a newer document can be overwritten.
 */
export async function verifySink(options: VerifySinkOptions): Promise<VerifyResult> {
  const { pool, status, repairs, signal, onProgress } = options;
  const history = status().checkpoint?.identity.history;
  const { name, generation } = status();
  if (history === undefined || status().state !== 'live') throw notLive(status());
  const inspector = createInspector(options, generation);
  const sourceOf = inspector.readModel === 'redis' ? sourceInRedis : sourceInSearch;
  const projections = PROJECTIONS[inspector.readModel].filter(({ kind }) => kind !== 'mended');
  const limit = async (): Promise<Position> => {
    const { rows } = await pool.query<{ next: string }>(NEXT_TRANSACTION);
    return formatPosition({ history, transactionId: rows[0]?.next ?? '0', position: '0' });
  };
  const reach = (position: Position): Promise<void> => waitUntilPassed(options, generation, position);
  try {
    return await verify({
      ...{ db: pool, projections, inspector, limit, signal, onProgress },
      report: new Report(),
      look: {
        load: (keys) => loadDocuments(pool, projections, sourceOf, keys),
        catchUp: async () => reach(await limit()),
        compare: (expected) => inspector.compare(expected, limit),
      },
      ...(repairs && {
        mend: async (keys: readonly string[]) => reach(await nameAll(pool, inspector.readModel, keys)),
      }),
    });
  } catch (error) {
    if (status().generation !== generation) throw new NotVerifiableError(`${name} was built anew meanwhile`);
    throw error;
  } finally {
    await inspector.close();
  }
}

const NEXT_TRANSACTION = 'select pg_snapshot_xmax(pg_current_snapshot())::text as next';

function createInspector({ config, status, epoch, onError }: VerifySinkOptions, generation: number): Inspector {
  const { name } = status();
  if (name === 'redis') return new RedisInspector({ ...config.redis, generation, epoch, onError });
  const server = searchSinksOf(config.search).find((each) => each.name === name);
  if (!server) throw new NotVerifiableError(`there is no sink called ${name}`);
  return new SearchInspector({ ...server, generation, epoch });
}

/** Appends the events that have the documents written again; the position of the last. */
async function nameAll(pool: pg.Pool, readModel: 'redis' | 'search', keys: readonly string[]): Promise<Position> {
  let position = '';
  for (let start = 0; start < keys.length; start += MENDED_AT_ONCE) {
    const documents = keys.slice(start, start + MENDED_AT_ONCE);
    const event = {
      ...{ type: 'documents.mend' as const, aggregateType: 'read_model' as const, aggregateId: readModel },
      ...{ aggregateVersion: 1, payload: { readModel, documents } },
    };
    position = await transaction(pool, (tx) => appendToOutbox(tx, [event], null));
  }
  return position;
}

async function waitUntilPassed(
  { status, signal }: VerifySinkOptions,
  generation: number,
  position: Position,
): Promise<void> {
  const deadline = performance.now() + CATCH_UP_MS;
  for (;;) {
    const { checkpoint, generation: current, state, name } = status();
    if (current !== generation) throw new NotVerifiableError(`${name} was built anew meanwhile`);
    if (checkpoint && checkpointPosition(checkpoint) >= position) return;
    if (state === 'paused') throw notLive(status());
    if (performance.now() > deadline) {
      throw new NotVerifiableError(
        `${name} has not come to ${position} in ${CATCH_UP_MS / 1000} s: it is behind, or a transaction is left open`,
      );
    }
    await delay(LOOK_MS, undefined, { signal });
  }
}

const notLive = ({ name, state, lastError }: SinkStatus): NotVerifiableError =>
  new NotVerifiableError(`${name} is ${state}${state === 'failing' && lastError ? `: ${lastError.message}` : ''}`);
