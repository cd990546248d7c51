import { FencedError } from '../sinks/sink.ts';

/**
 * At its very opening the sink knew a later epoch. As long as this process holds the lock, nobody else leads: Postgres was
 * set up anew or restored beside an older sink, and a term later than that epoch is due.
 */
export class LateTermError extends Error {
  readonly heldEpoch: number;

  constructor(fenced: FencedError) {
    super('the epoch of Postgres is behind that of a sink', { cause: fenced });
    this.name = 'LateTermError';
    this.heldEpoch = fenced.heldEpoch;
  }
}

/** The database was never where a sink stands: it is a restored copy, and positions of before mean nothing. */
export class HistoryEndedError extends Error {
  constructor(sink: string) {
    super(`the database was never where the ${sink} sink stands; a new history begins`);
    this.name = 'HistoryEndedError';
  }
}

export const asLateTerm = (error: unknown): never => {
  throw error instanceof FencedError ? new LateTermError(error) : error;
};

/** Whether the term has to end. */
export const isEnd = (error: unknown): boolean =>
  error instanceof FencedError || error instanceof LateTermError || error instanceof HistoryEndedError;
