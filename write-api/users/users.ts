import type { OutboxEvent } from '@eduplatform/contracts/events';
import type { User } from '@eduplatform/contracts/http/auth';
import type { Language } from '@eduplatform/contracts/primitives';
import type { Queryable, Tx } from '@eduplatform/db/transaction';

export interface StoredUser extends User {
  passwordHash: string;
  isDemo: boolean;
  suspendedAt: Date | null;
}

const COLUMNS = `
  id, email::text, name, role, password_hash as "passwordHash", is_demo as "isDemo", suspended_at as "suspendedAt"`;

export async function findUserByEmail(db: Queryable, email: string): Promise<StoredUser | undefined> {
  const { rows } = await db.query<StoredUser>(`select ${COLUMNS} from users where email = $1`, [email]);
  return rows[0];
}

/** A user whose account was not deleted. */
export async function findUser(db: Queryable | Tx, id: string): Promise<StoredUser | undefined> {
  const { rows } = await db.query<StoredUser>(`select ${COLUMNS} from users where id = $1 and deleted_at is null`, [
    id,
  ]);
  return rows[0];
}

/**
 * The user as they stand now, or undefined when the account or this password is gone. Until the transaction ends neither
 * changes, and a change that has begun is waited for: it ends every session but those that it cannot see.
 */
export async function holdUser(
  tx: Tx,
  { id, passwordHash }: Pick<StoredUser, 'id' | 'passwordHash'>,
): Promise<StoredUser | undefined> {
  const { rows } = await tx.query<StoredUser>(
    `select ${COLUMNS} from users where id = $1 and password_hash = $2 and deleted_at is null for share`,
    [id, passwordHash],
  );
  return rows[0];
}

/** The new student, or undefined when the email is taken. */
export async function insertStudent(
  tx: Tx,
  student: { email: string; name: string; passwordHash: string; language: Language },
): Promise<StoredUser | undefined> {
  const { email, name, passwordHash, language } = student;
  const { rows } = await tx.query<StoredUser>(
    `insert into users (email, name, password_hash, language) values ($1, $2, $3, $4) on conflict (email) do nothing
     returning ${COLUMNS}`,
    [email, name, passwordHash, language],
  );
  return rows[0];
}

/** The event of a user whose row is now at the version. */
export const userEvent = (
  type: 'user.registered' | 'user.changed' | 'user.deleted',
  userId: string,
  version: number,
): OutboxEvent => ({
  type,
  aggregateType: 'user',
  aggregateId: userId,
  aggregateVersion: version,
  payload: { userId },
});
