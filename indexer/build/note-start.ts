import type { Queryable } from '@eduplatform/db/transaction';
import { buildStart, type Checkpoint } from '../checkpoint.ts';
import type { DatabaseIdentity } from '../leader/identity.ts';
import { MODEL } from '../projections/registry.ts';
import { readHorizon } from '../source/horizon.ts';
import { newestRow } from '../source/newest-row.ts';

/**
 * The first checkpoint of a build, before anything is loaded. It names a row although none was applied: of a database that
 * is then set back, only that tells.
 */
export async function noteStart(db: Queryable, identity: DatabaseIdentity): Promise<Checkpoint> {
  const start = buildStart(identity, await readHorizon(db), MODEL);
  return { ...start, lastRow: await newestRow(db, identity.history) };
}
