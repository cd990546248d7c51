/**
 * The rules that the model can do without, one at a time, and what goes on instead. Each is needed: the tests show for
 * each that the invariants break without it.
 */
export const RULES = {
  'read below the horizon': 'every committed row after the checkpoint is read',
  'tell no more than the horizon': 'an idle sink tells the next transaction that will be given out',
  'load after reading': 'the documents are loaded before the batch is read',
  'versions in stream order': 'the version is the position alone',
  'versions of the stream': 'the version is the number that the changed thing has of its own',
  'Redis checks the epoch': 'Redis takes writes of every leader',
  'the index name fences': 'indexes keep their names under a new leader',
  'move when the task succeeded': 'the search sink moves when its task is enqueued',
  'the checkpoint lies in the sink': 'the checkpoint lies in Postgres',
  'the checkpoint is compared before it moves': 'the checkpoint is overwritten',
  'compare hashes with the sink itself': 'hashes are kept in a table beside the sink',
  'a build gives the horizon noted before its first load': 'the horizon is noted after the last load',
  'a build that was cut short keeps its horizon': 'it goes on with a later one',
  'a fresh build gets a new generation': 'it fills the one that is there',
  'a restored database is a new history': 'the stream goes on as if nothing had happened',
  'the row of the checkpoint is looked for': 'only the ids of the cluster tell',
  'a sink left behind what was dropped is rebuilt': 'it goes on with what is left',
  'both generations stand at one position for the swap': 'the next generation is swapped in as soon as it is filled',
  'a build names a row of the database that it was made of': 'it names none before the first row that follows',
  'a new history waits for who writes in the old one': 'rows of the old history may still be committed',
  'a search server that was set back is noticed': 'only a missing checkpoint is noticed',
} as const;

/**
 * Rules that others make up for in all that happens here: no seed is known that breaks without one of these alone. The
 * first two have tests of their own, with a Redis, the last one with Postgres.
 */
type CoveredRule = 'only greater versions' | 'deletes leave tombstones' | 'no row lies behind the checkpoint unapplied';

export type Rule = keyof typeof RULES | CoveredRule;
