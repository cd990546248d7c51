import type { PatchProfileBody, UserCommandResult } from '@eduplatform/contracts/http/auth';
import type { Tx } from '@eduplatform/db/transaction';
import { record, type CommandContext, type CommandOutcome } from '../commands/outcome.ts';
import { userEvent } from './users.ts';

const UPDATE = `
  update users set name = coalesce($2, name), bio = coalesce($3, bio), language = coalesce($4, language),
    email_preference = coalesce($5, email_preference), version = version + 1
  where id = $1
    and (name, bio, language, email_preference) is distinct from (coalesce($2, name), coalesce($3, bio),
      coalesce($4, language), coalesce($5, email_preference))
  returning version`;

/** Changes what a user says of themselves. */
export async function changeProfile(
  tx: Tx,
  { actor }: CommandContext,
  { name, bio, language, emailPreference }: PatchProfileBody,
): Promise<CommandOutcome<UserCommandResult>> {
  const changed = await tx.query<{ version: number }>(UPDATE, [
    actor.id,
    name?.trim() ?? null,
    bio?.trim() ?? null,
    language ?? null,
    emailPreference ?? null,
  ]);
  const row = changed.rows[0];
  if (row) {
    const position = await record(tx, [userEvent('user.changed', actor.id, row.version)]);
    return { result: { userId: actor.id, version: row.version }, position };
  }
  const { rows } = await tx.query<{ version: number }>('select version from users where id = $1', [actor.id]);
  return { result: { userId: actor.id, version: rows[0]?.version ?? 0 }, position: await record(tx, []) };
}
