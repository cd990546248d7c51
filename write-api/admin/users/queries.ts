import type { AdminUser, AdminUserList } from '@eduplatform/contracts/http/admin';
import type { Queryable } from '@eduplatform/db/transaction';
import { pageOf, type PageRequest } from '../page.ts';

type Row = Omit<AdminUser, 'suspendedAt' | 'createdAt'> & { suspendedAt: Date | null; createdAt: Date };

const COLUMNS = `
  id, email::text, name, role, is_verified as "isVerified", suspended_at as "suspendedAt",
  suspension_reason as "suspensionReason", created_at as "createdAt"`;

const ALL = `
  select ${COLUMNS} from users
  where deleted_at is null and ($1::uuid is null or id < $1) order by id desc limit $2`;
/** A statement of its own, so that the indexes of prefixes are used. */
const MATCHING = `
  select ${COLUMNS} from users
  where deleted_at is null and ($1::uuid is null or id < $1)
    and (lower(email::text) like $3 or lower(name) like $3)
  order by id desc limit $2`;

/** Users whose email or name begins with the text, newest first. */
export async function listUsers(
  db: Queryable,
  text: string | undefined,
  { after, limit }: PageRequest,
): Promise<AdminUserList> {
  const prefix = text?.trim().toLowerCase() ?? '';
  const { rows } =
    prefix === ''
      ? await db.query<Row>(ALL, [after, limit + 1])
      : await db.query<Row>(MATCHING, [after, limit + 1, `${escapeLike(prefix)}%`]);
  return pageOf(rows, limit, ({ id }) => id, itemOf);
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

const itemOf = ({ suspendedAt, createdAt, ...row }: Row): AdminUser => ({
  ...row,
  suspendedAt: suspendedAt?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
});
