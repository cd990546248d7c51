import type { DeadLetter, IndexerJob, IndexerStatus } from '@eduplatform/contracts/http/indexer';
import type { LagPoint } from './line.ts';

/** What the page for operators knew at one moment. */
export interface Snapshot {
  /** When the indexer answered; epoch milliseconds by the storefront's clock. */
  at: number;
  status: IndexerStatus;
  /** How far each read model was behind in the last hour; null: could not be read. */
  lines: Record<string, LagPoint[] | null>;
  /** The newest first; null: could not be read. */
  jobs: IndexerJob[] | null;
  deadLetters: { items: DeadLetter[]; nextCursor: string | null } | null;
}

/** The job of a read model that has not ended; there is one at a time. */
export const jobOf = ({ jobs }: Pick<Snapshot, 'jobs'>, sink: string): IndexerJob | null =>
  jobs?.find((job) => job.sink === sink && (job.state === 'requested' || job.state === 'running')) ?? null;
