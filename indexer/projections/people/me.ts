import type { Me } from '@eduplatform/contracts/people';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import { columnOf, type Key } from '../key.ts';
import { keyedProjection } from '../keyed.ts';
import { documentsOf, tombstone } from '../tombstone.ts';

const LOAD = `
  select u.id, u.email, u.email_verified_at is not null as "isEmailVerified", u.name, u.bio, u.role,
         u.is_verified as "isVerified", u.language, u.email_preference as "emailPreference",
         a.status, a.reason, a.created_at as "appliedAt"
  from users u
  left join lateral (
    select status, reason, created_at from teacher_applications where user_id = u.id order by id desc limit 1
  ) a on true
  where u.id = any($1::uuid[]) and u.deleted_at is null`;

type Status = NonNullable<Me['teacherApplication']>['status'];

interface Row extends Omit<Me, 'teacherApplication'> {
  status: Status | null;
  reason: string | null;
  appliedAt: Date | null;
}

function meDocument({ status, reason, appliedAt, ...person }: Row): Me {
  const application = status && appliedAt && { status, reason, createdAt: appliedAt.toISOString() };
  return { ...person, teacherApplication: application };
}

const byUser = ({ userId }: { userId: string }): Key[] => [[userId]];

/** What signed-in people see of themselves: the only documents that hold an address. */
export const me = keyedProjection<Row>({
  kind: 'me',
  table: 'users',
  touches: { 'user.registered': byUser, 'user.changed': byUser, 'user.deleted': byUser },
  all: `
    select array[id] as key from users
    where deleted_at is null and id > ($1::uuid[])[1] order by id limit $2`,
  async load(db, keys) {
    return (await db.query<Row>({ name: 'load-me', text: LOAD, values: [columnOf(keys, 0)] })).rows;
  },
  documents: (keys, rows) =>
    documentsOf(keys, rows, {
      keyOf: ({ id }) => [id],
      document: (row) => ({ key: documentKeys.me(row.id), body: JSON.stringify(meDocument(row)) }),
      burial: ([id = '']) => tombstone(documentKeys.me(id)),
    }),
});
