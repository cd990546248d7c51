import { inMilliseconds, type TableCopy } from './table-copy.ts';

/** People and what they did: the same tables in each baseline. */

export const users: TableCopy = {
  table: 'users',
  columns: { id: 'id', name: 'name', bio: 'bio', role: 'role', is_verified: 'is_verified' },
  from: 'users',
  count: 'select count(*)::int from users',
};

export const categories: TableCopy = {
  table: 'categories',
  columns: {
    slug: 'slug',
    name_en: 'name_en',
    name_ru: 'name_ru',
    hue: 'hue',
    motif: 'motif',
    sort_order: 'sort_order',
  },
  from: 'categories',
  count: 'select count(*)::int from categories',
};

/** With the title that the course had at the enrollment. */
export const enrollments: TableCopy = {
  table: 'enrollments',
  columns: {
    id: 'e.id',
    user_id: 'e.user_id',
    course_id: 'e.course_id',
    course_title: `coalesce(r.title, '')`,
    payment_id: 'e.payment_id',
    enrolled_at: inMilliseconds('e.enrolled_at'),
    last_activity_at: inMilliseconds('e.last_activity_at'),
    revoked_at: 'e.revoked_at',
  },
  from: `
    enrollments e left join lateral (
      select title from course_revisions where course_id = e.course_id
      order by published_at > e.enrolled_at,
               case when published_at > e.enrolled_at then revision else -revision end
      limit 1
    ) r on true`,
  count: 'select count(*)::int from enrollments',
};

/** Of the lessons that are live: the others are gone, and what was done in them with them. */
export const lessonProgress: TableCopy = {
  table: 'lesson_progress',
  columns: {
    user_id: 'p.user_id',
    lesson_id: 'p.lesson_id',
    completed_at: 'p.completed_at',
    position_seconds: 'p.position_seconds',
  },
  from: 'lesson_progress p join live_lessons l on l.lesson_id = p.lesson_id',
  count: 'select count(*)::int from lesson_progress join live_lessons using (lesson_id)',
};

export const completions: TableCopy = {
  table: 'completions',
  columns: {
    user_id: 'user_id',
    course_id: 'course_id',
    completed_at: inMilliseconds('completed_at'),
    certificate_code: 'certificate_code',
  },
  from: 'completions',
  count: 'select count(*)::int from completions',
};

export const reviews: TableCopy = {
  table: 'reviews',
  columns: {
    id: 'id',
    course_id: 'course_id',
    user_id: 'user_id',
    rating: 'rating',
    text: 'text',
    hidden_at: 'hidden_at',
    created_at: inMilliseconds('created_at'),
  },
  from: 'reviews',
  count: 'select count(*)::int from reviews',
};
