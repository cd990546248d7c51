import type { Queryable, Tx } from '@eduplatform/db/transaction';

export interface DraftLesson {
  id: string;
  title: string;
  bodyMd: string;
  isFreePreview: boolean;
  durationMinutes: number;
}

export interface DraftModule {
  id: string;
  title: string;
  lessons: DraftLesson[];
}

const MODULES = 'select id, title from modules where course_id = $1 order by sort_order, id';
const LESSONS = `
  select id, module_id as "moduleId", title, body_md as "bodyMd", is_free_preview as "isFreePreview",
    duration_minutes as "durationMinutes"
  from lessons where course_id = $1 order by sort_order, id`;

/** The modules of a draft with their lessons, in order. */
export async function loadDraft(db: Queryable | Tx, courseId: string): Promise<DraftModule[]> {
  const modules = await db.query<{ id: string; title: string }>(MODULES, [courseId]);
  const lessons = await db.query<DraftLesson & { moduleId: string }>(LESSONS, [courseId]);
  const byModule = Map.groupBy(lessons.rows, ({ moduleId }) => moduleId);
  return modules.rows.map((module) => ({
    ...module,
    lessons: (byModule.get(module.id) ?? []).map(({ moduleId: _moduleId, ...lesson }) => lesson),
  }));
}

/** The order of a draft without its texts. */
export async function loadOutline(tx: Tx, courseId: string): Promise<{ id: string; lessonIds: string[] }[]> {
  const { rows } = await tx.query<{ id: string; lessonIds: string[] }>(
    `select m.id, coalesce(array_agg(l.id order by l.sort_order, l.id) filter (where l.id is not null), '{}')
       as "lessonIds"
     from modules m left join lessons l on l.module_id = m.id
     where m.course_id = $1 group by m.id order by m.sort_order, m.id`,
    [courseId],
  );
  return rows;
}
