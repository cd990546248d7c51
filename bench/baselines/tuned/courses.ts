import { isUuid } from '@eduplatform/contracts/primitives';
import { bodyOf, type Queryable } from '../sql/prepared.ts';
import { ACCESS, CARD_JOINS, CARD_MEMBERS } from './card.ts';

const COURSE = `
  select json_build_object(
    ${CARD_MEMBERS},
    'descriptionHtml', c.description_html,
    'outcomes', c.outcomes,
    'teacherBio', u.bio,
    'moduleCount', c.module_count,
    'freePreviewCount', case when c.price_amount is null then 0 else c.preview_count end,
    'studentCount', c.student_count,
    'isArchived', c.status = 'archived',
    'revision', c.revision
  )::text as body
  from courses c ${CARD_JOINS}
  where c.status <> 'draft'`;

const CURRICULUM = `
  select json_build_object(
    'courseId', c.id,
    'courseSlug', c.slug,
    'courseTitle', c.title,
    'modules', coalesce((
      select json_agg(json_build_object('id', m.id, 'title', m.title, 'lessons', coalesce((
        select json_agg(json_build_object(
          'id', l.id, 'title', l.title, 'durationMinutes', l.duration_minutes, 'access', ${ACCESS}, 'hasVideo', l.has_video
        ) order by l.place)
        from lessons l where l.course_id = c.id and l.module_id = m.id
      ), '[]'::json)) order by m.sort_order)
      from modules m where m.course_id = c.id
    ), '[]'::json)
  )::text as body
  from courses c
  where c.status <> 'draft'`;

/** The condition that finds a course. */
const named = (idOrSlug: string): string => (isUuid(idOrSlug) ? 'c.id = $1' : 'c.slug = $1');

export const course = (db: Queryable, idOrSlug: string): Promise<string | null> =>
  bodyOf(db, `${COURSE} and ${named(idOrSlug)}`, [idOrSlug]);

export const curriculum = (db: Queryable, idOrSlug: string): Promise<string | null> =>
  bodyOf(db, `${CURRICULUM} and ${named(idOrSlug)}`, [idOrSlug]);
