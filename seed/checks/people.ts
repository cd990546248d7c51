import { NOTIFICATION_TYPES } from '@eduplatform/contracts/notifications';
import type { Invariant } from './invariant.ts';

const KNOWN_TYPES = NOTIFICATION_TYPES.map((type) => `'${type}'`).join(', ');

/** What happened when, by table. */
const MOMENTS = [
  'users.created_at', 'courses.published_at', 'course_revisions.published_at', 'payments.settled_at', 'payments.refunded_at',
  'enrollments.last_activity_at', 'lesson_progress.updated_at', 'completions.completed_at', 'reviews.updated_at',
  'favorites.created_at', 'questions.created_at', 'answers.created_at', 'notifications.created_at', 'notifications.read_at',
]; // prettier-ignore

const latestOf = (moment: string): string => {
  const [table, column] = moment.split('.');
  return `select '${moment}' as moment, max(${column}) as latest from ${table}`;
};

export const PEOPLE_INVARIANTS: Invariant[] = [
  {
    name: 'there is an admin',
    sql: `select 'nobody' as admin where not exists (select from users where role = 'admin')`,
  },
  {
    name: 'notifications are of a known kind, and come after their reader',
    sql: `
      select n.id, n.type from notifications n join users u on u.id = n.user_id
      where n.type not in (${KNOWN_TYPES}) or n.created_at < u.created_at or n.read_at < n.created_at`,
  },
  {
    name: 'who was told of a payment has made it',
    sql: `
      select n.id from notifications n
      left join payments p on p.id = (n.params ->> 'paymentId')::uuid and p.user_id = n.user_id
      where n.type in ('paid', 'refunded') and n.params ? 'paymentId' and p.id is null`,
  },
  {
    name: 'nothing lies in the future',
    sql: `select moment, latest from (${MOMENTS.map(latestOf).join(' union all ')}) as moments where latest > now()`,
  },
];

/** In a database that was filled and not used yet; the read models are then built from the tables. */
export const UNTOLD: Invariant = {
  name: 'the stream of events has not begun',
  sql: `
    select 'outbox' as place where exists (select from outbox)
    union all select 'stream_state' from stream_state where (history, epoch, system_identifier) is distinct from (1, 0, null)`,
};
