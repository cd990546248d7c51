import { randomUUID } from 'node:crypto';
import { event, eventsOf, register, type Happening } from './school.ts';

const someone: (school: Parameters<Happening>[0]) => string = ({ random, students, teachers }) =>
  random.pick([...students, ...teachers]) ?? '';

const changed = (rows: { id: string }[]) => eventsOf(rows, ({ id }) => event('user.changed', { userId: id }));

const rename: Happening = async (school, tx) => {
  const values = [someone(school), `Name ${school.random.below(1000)}`];
  return changed(
    (
      await tx.query<{ id: string }>(
        'update users set name = $2 where id = $1 and deleted_at is null returning id',
        values,
      )
    ).rows,
  );
};

const apply: Happening = async ({ random, students }, tx) => {
  const { rows } = await tx.query<{ id: string }>(
    `insert into teacher_applications (user_id, bio)
     select id, 'I teach' from users where id = $1 and deleted_at is null
     on conflict do nothing returning user_id as id`,
    [random.pick(students)],
  );
  return changed(rows);
};

const decide: Happening = async ({ random, students }, tx) => {
  const isVerified = random.below(2) === 0;
  const { rows } = await tx.query<{ id: string }>(
    `update teacher_applications set status = $2, reason = $3, decided_at = now()
     where user_id = $1 and status = 'pending' returning user_id as id`,
    [random.pick(students), isVerified ? 'verified' : 'rejected', isVerified ? null : 'Not yet'],
  );
  const [applicant] = rows;
  if (applicant) {
    await tx.query(`update users set role = 'teacher', is_verified = $2 where id = $1`, [applicant.id, isVerified]);
  }
  return changed(rows);
};

/** As the write API deletes an account: whatever it takes away is told. */
const leave: Happening = async ({ random, students }, tx) => {
  const userId = random.below(4) === 0 ? random.pick(students) : undefined;
  if (userId === undefined) return [];
  const { rows: left } = await tx.query(
    `update users set deleted_at = now(), name = 'Deleted user', bio = '', email = $2, role = 'student', is_verified = false
     where id = $1 and deleted_at is null returning id`,
    [userId, `${randomUUID()}@deleted.invalid`],
  );
  if (left.length === 0) return [];
  const [notes, favorites, notices, payments] = [
    await tx.query<{ id: string }>('delete from notes where user_id = $1 returning lesson_id as id', [userId]),
    await tx.query<{ id: string }>('delete from favorites where user_id = $1 returning course_id as id', [userId]),
    await tx.query<{ id: string }>('delete from notifications where user_id = $1 returning id', [userId]),
    await tx.query<{ id: string }>(
      'update payments set card_brand = null, card_last4 = null where user_id = $1 returning id',
      [userId],
    ),
  ];
  await tx.query('update completions set student_name = null where user_id = $1', [userId]);
  return [
    ...eventsOf(notes.rows, ({ id }) => event('note.changed', { userId, lessonId: id })),
    ...eventsOf(favorites.rows, ({ id }) => event('favorite.changed', { userId, courseId: id })),
    ...(notices.rows.length > 0 ? [event('notifications.changed', { ids: notices.rows.map(({ id }) => id) })] : []),
    ...eventsOf(payments.rows, ({ id }) => event('payment.changed', { userId, paymentId: id })),
    event('user.deleted', { userId }),
  ];
};

const notify: Happening = async (school, tx) => {
  const { rows } = await tx.query<{ id: string }>(
    `insert into notifications (user_id, type, params)
     select id, 'announcement', '{"title": "News", "link": "/courses"}' from users
     where id = any($1::uuid[]) and deleted_at is null returning id`,
    [school.students.slice(0, 1 + school.random.below(4))],
  );
  return rows.length > 0 ? [event('notifications.changed', { ids: rows.map(({ id }) => id) })] : [];
};

const changeNotifications =
  (statement: string): Happening =>
  async (school, tx) => {
    const { rows } = await tx.query<{ id: string }>(statement, [someone(school)]);
    return rows.length > 0 ? [event('notifications.changed', { ids: rows.map(({ id }) => id) })] : [];
  };

export const amongPeople: Happening[] = [
  rename,
  apply,
  decide,
  leave,
  register,
  notify,
  notify,
  changeNotifications('update notifications set read_at = now() where user_id = $1 and read_at is null returning id'),
  changeNotifications(
    `delete from notifications where id = (select id from notifications where user_id = $1 order by id limit 1)
     returning id`,
  ),
];
