import type { User } from '@eduplatform/contracts/http/auth';
import type { Queryable, Tx } from '@eduplatform/db/transaction';

export interface StoredUser extends User {
  passwordHash: string;
  isDemo: boolean;
}

const COLUMNS = 'id, email::text, name, role, password_hash as "passwordHash", is_demo as "isDemo"';

export async function findUserByEmail(db: Queryable, email: string): Promise<StoredUser | undefined> {
  const { rows } = await db.query<StoredUser>(`select ${COLUMNS} from users where email = $1`, [email]);
  return rows[0];
}

export async function findUser(db: Queryable | Tx, id: string): Promise<StoredUser | undefined> {
  const { rows } = await db.query<StoredUser>(`select ${COLUMNS} from users where id = $1`, [id]);
  return rows[0];
}

/** The new student, or undefined when the email is taken. */
export async function insertStudent(
  tx: Tx,
  { email, name, passwordHash }: { email: string; name: string; passwordHash: string },
): Promise<StoredUser | undefined> {
  const { rows } = await tx.query<StoredUser>(
    `insert into users (email, name, password_hash) values ($1, $2, $3) on conflict (email) do nothing
     returning ${COLUMNS}`,
    [email, name, passwordHash],
  );
  return rows[0];
}
