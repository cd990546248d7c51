import type { Tx } from '@eduplatform/db/transaction';

/** How somebody is called now. */
export async function nameOf(tx: Tx, userId: string): Promise<string> {
  const { rows } = await tx.query<{ name: string }>('select name from users where id = $1', [userId]);
  return rows[0]?.name ?? '';
}
