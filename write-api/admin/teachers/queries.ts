import type { AdminTeacher, AdminTeacherList } from '@eduplatform/contracts/http/admin';
import type { Queryable } from '@eduplatform/db/transaction';
import { pageOf, type PageRequest } from '../page.ts';

interface Row {
  /** What the page goes on after. */
  key: string;
  userId: string;
  name: string;
  email: string;
  isVerified: boolean;
  courseCount: number;
  applicationId: string | null;
  status: 'pending' | 'verified' | 'rejected';
  bio: string;
  links: string[];
  reason: string | null;
  createdAt: Date;
  decidedAt: Date | null;
}

const COLUMNS = `
  u.id as "userId", u.name, u.email::text, u.is_verified as "isVerified",
  (select count(*)::int from courses c where c.owner_id = u.id) as "courseCount",
  a.id as "applicationId", a.status, a.bio, a.links, a.reason, a.created_at as "createdAt", a.decided_at as "decidedAt"`;

export type TeacherStatus = Row['status'];

/** Who waits longest comes first; otherwise the newest. */
const LISTS: Record<TeacherStatus, string> = {
  pending: `
    select a.id as key, ${COLUMNS} from teacher_applications a join users u on u.id = a.user_id
    where a.status = 'pending' and ($1::uuid is null or a.id > $1) order by a.id limit $2`,
  verified: `
    select u.id as key, ${COLUMNS} from users u
    left join lateral (
      select * from teacher_applications where user_id = u.id order by id desc limit 1
    ) a on true
    where u.role = 'teacher' and u.is_verified and ($1::uuid is null or u.id < $1) order by u.id desc limit $2`,
  rejected: `
    select a.id as key, ${COLUMNS} from teacher_applications a join users u on u.id = a.user_id
    where a.status = 'rejected' and ($1::uuid is null or a.id < $1)
      and not exists (select from teacher_applications later where later.user_id = a.user_id and later.id > a.id)
    order by a.id desc limit $2`,
};

export async function listTeachers(
  db: Queryable,
  status: TeacherStatus,
  { after, limit }: PageRequest,
): Promise<AdminTeacherList> {
  const { rows } = await db.query<Row>(LISTS[status], [after, limit + 1]);
  return pageOf(rows, limit, ({ key }) => key, itemOf);
}

const itemOf = (row: Row): AdminTeacher => ({
  userId: row.userId,
  name: row.name,
  email: row.email,
  isVerified: row.isVerified,
  courseCount: row.courseCount,
  application:
    row.applicationId === null
      ? null
      : {
          id: row.applicationId,
          status: row.status,
          bio: row.bio,
          links: row.links,
          reason: row.reason,
          createdAt: row.createdAt.toISOString(),
          decidedAt: row.decidedAt?.toISOString() ?? null,
        },
});
