/** A document that a sink would not take, alone. */
export interface Refusal {
  key: string;
  version: string;
  /** What the sink said. */
  reason: string;
}

/** Where refused documents are put down, so that the rest of their batch can go on. */
export interface RefusalBook {
  /** Keys of documents that are refused as of now. */
  readonly keys: ReadonlySet<string>;
  /** Puts them down; when it resolves they will not be forgotten. */
  record(refusals: readonly Refusal[]): Promise<void>;
  /** The sink holds these documents again as they should be. */
  settle(keys: readonly string[]): Promise<void>;
}

/** So many refusals in one go speak against the sink, not against the documents. */
export const MAX_REFUSALS = 100;

/** The sink refuses whatever it is given. It is tried again like one that is away. */
export class RefusesAllError extends Error {
  constructor(reason: string) {
    super(`more than ${MAX_REFUSALS} documents of one batch were refused: ${reason}`);
    this.name = 'RefusesAllError';
  }
}

export interface Refused<T> {
  item: T;
  reason: string;
}

/**
 * Finds those among the items that cannot be written, by halves: all others are written. `reasonOf` tells what the error
 * says against the items; null: it is not their fault, and it is thrown. `first` is that of a failed attempt to write them all.
 */
export async function isolate<T>(
  items: readonly T[],
  write: (items: readonly T[]) => Promise<unknown>,
  reasonOf: (error: unknown) => string | null,
  first?: unknown,
): Promise<Refused<T>[]> {
  const refused: Refused<T>[] = [];
  const attempt = async (part: readonly T[], failure?: unknown): Promise<void> => {
    const error = failure ?? (await write(part).then(() => undefined, asError));
    if (error === undefined) return;
    const reason = reasonOf(error);
    if (reason === null) throw error;
    const [only] = part;
    if (part.length === 1 && only !== undefined) {
      refused.push({ item: only, reason });
      if (refused.length > MAX_REFUSALS) throw new RefusesAllError(reason);
      return;
    }
    if (part.length === 0) throw error;
    const middle = Math.ceil(part.length / 2);
    await attempt(part.slice(0, middle));
    await attempt(part.slice(middle));
  };
  await attempt(items, first);
  return refused;
}

const asError = (error: unknown): unknown => error ?? new Error('it failed without saying why');

/** Before the checkpoint moves: what was refused is on record, and what is well again is not any more. */
export async function settle(
  book: RefusalBook | null,
  changes: readonly { key: string }[],
  refusals: readonly Refusal[],
): Promise<void> {
  if (!book || (refusals.length === 0 && book.keys.size === 0)) return;
  const dead = new Set(refusals.map(({ key }) => key));
  if (refusals.length > 0) await book.record(refusals);
  const well = changes.filter(({ key }) => book.keys.has(key) && !dead.has(key)).map(({ key }) => key);
  if (well.length > 0) await book.settle(well);
}
