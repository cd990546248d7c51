import type { Invariant } from './invariant.ts';

const LIVE = `courses c join course_revisions r on r.course_id = c.id and r.revision = c.live_revision`;
/** Of which the draft is as it was published. */
const UNCHANGED = `${LIVE} and c.version = c.published_version`;

export const COURSE_INVARIANTS: Invariant[] = [
  {
    name: 'a published course has its live revision',
    sql: `
      select c.id from courses c left join course_revisions r on r.course_id = c.id and r.revision = c.live_revision
      where c.live_revision is not null and r.course_id is null`,
  },
  {
    name: 'the live lessons are those of the live revisions',
    sql: `
      select l.lesson_id as "inTable", s.lesson_id as "inRevision"
      from live_lessons l
      full join (select c.id as course_id, jsonb_array_elements_text(r.lesson_ids)::uuid as lesson_id from ${LIVE}) s
        on s.lesson_id = l.lesson_id and s.course_id = l.course_id
      where l.lesson_id is null or s.lesson_id is null`,
  },
  {
    name: 'a draft without changes has the lessons of its revision, in their order',
    sql: `
      with drafts as (
        select l.course_id, jsonb_agg(l.id order by m.sort_order, m.id, l.sort_order, l.id) as ids
        from lessons l join modules m on m.id = l.module_id group by l.course_id
      )
      select c.id from ${UNCHANGED} left join drafts d on d.course_id = c.id where d.ids is distinct from r.lesson_ids`,
  },
  {
    name: 'a draft without changes has the words and the price of its revision',
    sql: `
      select c.id from ${UNCHANGED}
      where (c.title, c.subtitle, c.language, c.level, c.category_slug, to_jsonb(c.outcomes)) is distinct from
        (r.title, r.head ->> 'subtitle', r.head ->> 'language', r.head ->> 'level', r.category, r.head -> 'outcomes')
        or (c.price_amount, c.price_currency) is distinct from ((r.price ->> 'amount')::int, r.price ->> 'currency')`,
  },
  {
    name: 'a draft without changes has the texts of its revision',
    // Revisions are large; one of fifty courses is unpacked.
    sql: `
      with shown as (
        select (lesson ->> 'id')::uuid as id, lesson
        from ${UNCHANGED}
        cross join lateral jsonb_path_query(r.content, '$.modules[*].lessons[*]') lesson
        where hashtext(c.id::text) % 50 = 0
      )
      select s.id from shown s left join lessons l on l.id = s.id
      where (l.title, l.body_md, l.is_free_preview, l.duration_minutes) is distinct from
        (s.lesson ->> 'title', s.lesson ->> 'bodyMd', (s.lesson ->> 'isFreePreview')::boolean,
          (s.lesson ->> 'durationMinutes')::int)
        or s.lesson ->> 'html' = ''`,
  },
  {
    name: 'a lesson belongs to a module of its course',
    sql: `select l.id from lessons l join modules m on m.id = l.module_id where m.course_id <> l.course_id`,
  },
  {
    name: 'a published course has what publishing asks for',
    sql: `
      select c.id from courses c where c.live_revision is not null and (
        c.description_md !~ '\\S' or not exists (select from modules m where m.course_id = c.id)
      )
      union all
      select m.course_id from modules m join ${UNCHANGED} on c.id = m.course_id
      where not exists (select from lessons l where l.module_id = m.id)
      union all
      select l.course_id from lessons l join ${UNCHANGED} on c.id = l.course_id where l.body_md !~ '\\S'`,
  },
  {
    name: 'who has published a course may publish',
    sql: `
      select c.id, u.role from courses c join users u on u.id = c.owner_id
      where c.live_revision is not null and u.role <> 'admin' and not (u.role = 'teacher' and u.is_verified)`,
  },
  {
    name: 'a course is written by somebody who is there, then published',
    sql: `
      select c.id from ${LIVE} join users u on u.id = c.owner_id
      where not (u.created_at <= c.created_at and c.created_at <= c.first_published_at
        and c.first_published_at <= c.published_at and c.published_at = r.published_at)`,
  },
];
