import type { Queryable } from '@eduplatform/db/transaction';
import { COURSE_INVARIANTS } from './courses.ts';
import type { Invariant } from './invariant.ts';
import { LEARNING_INVARIANTS } from './learning.ts';
import { PAYMENT_INVARIANTS } from './payments.ts';
import { PEOPLE_INVARIANTS } from './people.ts';

/** Everything that is checked of a data set. */
export const INVARIANTS: readonly Invariant[] = [
  ...COURSE_INVARIANTS,
  ...LEARNING_INVARIANTS,
  ...PAYMENT_INVARIANTS,
  ...PEOPLE_INVARIANTS,
];

export interface Broken {
  name: string;
  /** Some of the rows, as JSON. */
  examples: string[];
}

const EXAMPLES = 3;

/** Those that do not hold. `onProgress` is told how many have been looked at. */
export async function findBroken(
  db: Queryable,
  invariants: readonly Invariant[],
  onProgress: (done: number) => void = () => undefined,
): Promise<Broken[]> {
  const broken: Broken[] = [];
  for (const [done, { name, sql }] of invariants.entries()) {
    onProgress(done);
    const { rows } = await db.query<{ row: unknown }>(
      `select to_jsonb(found) as row from (${sql}) as found limit ${EXAMPLES}`,
    );
    if (rows.length > 0) broken.push({ name, examples: rows.map(({ row }) => JSON.stringify(row)) });
  }
  onProgress(invariants.length);
  return broken;
}
