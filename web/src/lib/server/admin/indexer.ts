import type {
  DeadLetterList,
  IndexerJobList,
  IndexerStatus,
  LagHistory,
  WhyAnswer,
} from '@eduplatform/contracts/http/indexer';
import { thinned, type LagPoint } from '../../admin/indexer/line.ts';
import type { Snapshot } from '../../admin/indexer/snapshot.ts';
import type { Api } from '../api.ts';
import { optional } from '../catalog.ts';
import { ApiError } from '../problem.ts';

export const INDEXER_PATH = '/v1/admin/indexer';

/** What fits beside each other in a chart as wide as a phone. */
const POINTS = 240;
const JOBS = 12;
const DEAD_LETTERS = 10;

/**
 * Everything that the page for operators shows. What only Postgres knows is null while that is away.
 * Throws ApiError when the indexer itself does not answer, or refuses.
 */
export async function readSnapshot(api: Api, after: string | null): Promise<Snapshot> {
  const get = <T>(path: string, query = {}) => api.indexer<T>('GET', `${INDEXER_PATH}${path}`, { query });
  const [status, jobs, deadLetters] = await Promise.all([
    get<IndexerStatus>('/status'),
    optional(get<IndexerJobList>('/jobs', { limit: JOBS })),
    optional(get<DeadLetterList>('/dead-letters', { limit: DEAD_LETTERS, ...(after && { cursor: after }) })),
  ]);
  const at = Date.now();
  const lines = await Promise.all(
    status.sinks.map(async ({ name }) => {
      const history = await optional(get<LagHistory>(`/sinks/${encodeURIComponent(name)}/history`));
      return [name, history && thinned(history.points.map(pointOf), POINTS)] as const;
    }),
  );
  return { at, status, lines: Object.fromEntries(lines), jobs: jobs?.items ?? null, deadLetters };
}

const pointOf = ({ at, rows, seconds }: LagHistory['points'][number]): LagPoint => ({
  at: Date.parse(at),
  rows,
  seconds,
});

/** An answer, or the code of what kept it from coming. What visitors may not do is thrown. */
export async function answerOrCode<T>(
  work: Promise<T>,
): Promise<{ answer: T; code: null } | { answer: null; code: string }> {
  try {
    return { answer: await work, code: null };
  } catch (error) {
    if (!(error instanceof ApiError) || error.status === 401 || error.status === 403) throw error;
    return { answer: null, code: error.code };
  }
}

/** Where a course or a lesson is on its way to readers. Throws ApiError, not_found for what is somebody else's. */
export const readWhy = (api: Api, subject: string): Promise<WhyAnswer> =>
  api.indexer<WhyAnswer>('GET', `${INDEXER_PATH}/why/${encodeURIComponent(subject)}`);
