import type { Course, Curriculum } from '@eduplatform/contracts/documents';
import { isUuid } from '@eduplatform/contracts/primitives';
import { courseOf, curriculumOf, type CourseRow, type CurriculumRow } from './course-answers.ts';
import { rowsOf, type Queryable } from '../sql/prepared.ts';
import { CARD_COLUMNS, CARD_JOINS } from './card.ts';

const COURSE = `
  select ${CARD_COLUMNS}, c.description_html, c.outcomes, c.status, c.revision, u.bio as teacher_bio, size.preview_count,
         (select count(*)::int from modules m where m.course_id = c.id) as module_count,
         (select count(*)::int from enrollments e where e.course_id = c.id and e.revoked_at is null) as student_count
  from courses c ${CARD_JOINS}
  where c.status <> 'draft'`;

const CURRICULUM = `
  select c.id as course_id, c.slug as course_slug, c.title as course_title, c.price_amount,
         m.id as module_id, m.title as module_title,
         l.id as lesson_id, l.title as lesson_title, l.duration_minutes, l.is_free_preview, l.has_video
  from courses c
  left join modules m on m.course_id = c.id
  left join lessons l on l.module_id = m.id
  where c.status <> 'draft'`;
const IN_ORDER = 'order by m.sort_order, l.sort_order';

/** The condition that finds a course. */
const named = (idOrSlug: string): string => (isUuid(idOrSlug) ? 'c.id = $1' : 'c.slug = $1');

export async function course(db: Queryable, idOrSlug: string): Promise<Course | null> {
  const [row] = await rowsOf<CourseRow>(db, `${COURSE} and ${named(idOrSlug)}`, [idOrSlug]);
  return row ? courseOf(row) : null;
}

export async function curriculum(db: Queryable, idOrSlug: string): Promise<Curriculum | null> {
  return curriculumOf(await rowsOf<CurriculumRow>(db, `${CURRICULUM} and ${named(idOrSlug)} ${IN_ORDER}`, [idOrSlug]));
}
