import { formatPosition, type Position } from '@eduplatform/contracts/positions';

/** A row of the outbox as the indexer reads it; ids and positions are text, since numbers would lose bits. */
export interface OutboxRow {
  history: number;
  transactionId: string;
  position: string;
  id: string;
  type: string;
  aggregateId: string;
  payload: Record<string, unknown>;
  traceParent: string | null;
  occurredAt: Date;
}

/** A place in the stream, without its history: `position` 0 stands before every row of the transaction. */
export interface Cursor {
  transactionId: string;
  position: string;
}

export const positionOf = (history: number, cursor: Cursor): Position => formatPosition({ history, ...cursor });
