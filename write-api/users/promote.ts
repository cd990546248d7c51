import type pg from 'pg';
import { transaction } from '@eduplatform/db/transaction';
import { record } from '../commands/outcome.ts';
import { userEvent } from './users.ts';

const PROMOTE = `
  update users set role = 'admin', version = version + (role <> 'admin')::int
  where email = $1 and deleted_at is null returning id, version`;

/** Makes a user an admin. Answers false when nobody registered with the email. Takes effect with their next token. */
export const promoteToAdmin = (pool: pg.Pool, email: string): Promise<boolean> =>
  transaction(pool, async (tx) => {
    const { rows } = await tx.query<{ id: string; version: number }>(PROMOTE, [email.trim()]);
    if (rows[0]) await record(tx, [userEvent('user.changed', rows[0].id, rows[0].version)]);
    return rows[0] !== undefined;
  });
