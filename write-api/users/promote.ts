import type { Queryable } from '@eduplatform/db/transaction';

/** Makes a user an admin. Answers false when nobody registered with the email. Takes effect with their next token. */
export async function promoteToAdmin(db: Queryable, email: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `update users set role = 'admin', version = version + (role <> 'admin')::int where email = $1`,
    [email.trim()],
  );
  return rowCount === 1;
}
