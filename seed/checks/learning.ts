import type { Invariant } from './invariant.ts';

export const LEARNING_INVARIANTS: Invariant[] = [
  {
    name: 'people are enrolled in published courses, and not in their own',
    sql: `
      select e.id from enrollments e join courses c on c.id = e.course_id
      where c.live_revision is null or c.owner_id = e.user_id`,
  },
  {
    name: 'nobody enrolls before they have registered and the course was published',
    sql: `
      select e.id from enrollments e join courses c on c.id = e.course_id join users u on u.id = e.user_id
      where e.enrolled_at < c.first_published_at or e.enrolled_at < u.created_at
        or e.last_activity_at < e.enrolled_at or e.revoked_at < e.enrolled_at`,
  },
  {
    name: 'progress is made by the enrolled, in lessons of the course, while they learn',
    sql: `
      select p.user_id, p.lesson_id from lesson_progress p
      left join live_lessons l on l.lesson_id = p.lesson_id and l.course_id = p.course_id
      left join enrollments e on e.user_id = p.user_id and e.course_id = p.course_id
      where l.lesson_id is null or e.id is null or p.completed_at not between e.enrolled_at and e.last_activity_at`,
  },
  {
    name: 'who has done every lesson has completed the course, and nobody else',
    sql: `
      with done as (
        select user_id, course_id, count(*) as lessons from lesson_progress
        where completed_at is not null group by user_id, course_id
      ), finished as (
        select d.user_id, d.course_id from done d
        join courses c on c.id = d.course_id
        join course_revisions r on r.course_id = c.id and r.revision = c.live_revision
        where d.lessons = jsonb_array_length(r.lesson_ids)
      )
      select coalesce(f.user_id, k.user_id) as user_id, coalesce(f.course_id, k.course_id) as course_id
      from finished f full join completions k on k.user_id = f.user_id and k.course_id = f.course_id
      where f.user_id is null or k.user_id is null`,
  },
  {
    name: 'a certificate has a code and names student, course and teacher',
    sql: `
      select k.certificate_code from completions k
      join users u on u.id = k.user_id
      join course_revisions r on r.course_id = k.course_id and r.revision = k.revision
      join courses c on c.id = k.course_id
      join users t on t.id = c.owner_id
      where k.certificate_code !~ '^[0-9A-HJKMNP-TV-Z]{16}$'
        or (k.student_name, k.course_title, k.teacher_name) is distinct from (u.name, r.title, t.name)`,
  },
  {
    name: 'a review is by somebody enrolled, a reply comes after it',
    sql: `
      select v.id from reviews v
      join courses c on c.id = v.course_id
      left join enrollments e on e.user_id = v.user_id and e.course_id = v.course_id
      where e.id is null or c.owner_id = v.user_id or v.created_at < e.enrolled_at
        or (v.reply is null) <> (v.replied_at is null) or v.replied_at < v.created_at`,
  },
  {
    name: 'questions are about live lessons, by people who may open them; answers come after',
    sql: `
      select q.id from questions q
      join courses c on c.id = q.course_id
      left join live_lessons l on l.lesson_id = q.lesson_id and l.course_id = q.course_id
      left join enrollments e on e.user_id = q.user_id and e.course_id = q.course_id
      left join answers a on a.question_id = q.id and a.created_at < q.created_at
      left join answers k on k.id = q.accepted_answer_id
      where l.lesson_id is null or (e.id is null and c.price_amount is not null and c.owner_id <> q.user_id)
        or a.id is not null or k.question_id <> q.id`,
  },
  {
    name: 'favorites are published courses',
    sql: `
      select f.user_id, f.course_id from favorites f join courses c on c.id = f.course_id
      where c.live_revision is null or f.created_at < c.first_published_at`,
  },
];
