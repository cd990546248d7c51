import type { IndexerJob } from '@eduplatform/contracts/http/indexer';

/** How far a job is, as far as it says. */
export interface JobProgress {
  /** Empty before its first step. */
  phase: string;
  done: number;
  /** 0: nobody knows. */
  total: number;
  ratePerSecond: number;
  /** Why its last attempt failed; it is tried again. */
  problem: string | null;
}

export function progressOf({ progress }: Pick<IndexerJob, 'progress'>): JobProgress {
  const { phase, problem } = progress;
  return {
    phase: typeof phase === 'string' ? phase : '',
    done: numberOf(progress['done']),
    total: numberOf(progress['total']),
    ratePerSecond: numberOf(progress['ratePerSecond']),
    problem: typeof problem === 'string' && problem !== '' ? problem : null,
  };
}

const numberOf = (value: unknown): number => (typeof value === 'number' && value > 0 ? value : 0);

/** Whole percent, never 100 before all is done; null where nothing can be said. */
export const percentOf = ({ done, total }: Pick<JobProgress, 'done' | 'total'>): number | null =>
  total > 0 ? Math.min(100, Math.floor((done / total) * 100)) : null;

/** Seconds until this phase has ended, or null where nothing can be said. */
export const secondsLeft = ({ done, total, ratePerSecond }: JobProgress): number | null =>
  ratePerSecond > 0 && total > done ? Math.ceil((total - done) / ratePerSecond) : null;

/** What a verification found. */
export interface Verified {
  documents: number;
  drift: number;
  mended: number;
  unsettled: number;
  differences: { key: string; member?: string; difference: string; isMended: boolean }[];
}

/** Null for a job of another kind, or one that has not succeeded. */
export function verifiedOf({ kind, state, result }: IndexerJob): Verified | null {
  if (kind !== 'verify' || state !== 'succeeded' || !result) return null;
  return {
    documents: numberOf(result['documents']),
    drift: numberOf(result['drift']),
    mended: numberOf(result['mended']),
    unsettled: numberOf(result['unsettled']),
    differences: Array.isArray(result['differences']) ? (result['differences'] as Verified['differences']) : [],
  };
}

const ENDED = new Set<IndexerJob['state']>(['succeeded', 'failed', 'canceled']);

export const hasEnded = ({ state }: Pick<IndexerJob, 'state'>): boolean => ENDED.has(state);
