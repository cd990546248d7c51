import type { Queryable } from '@eduplatform/db/transaction';
import type { Loaded } from './loaded.ts';

const LOAD_CATEGORIES = `
  with live as (
    select coalesce(own.slug, c.category_slug) as slug, count(*)::int as course_count
    from courses c
    join course_revisions r on r.course_id = c.id and r.revision = c.live_revision
    left join categories own on own.slug = r.category
    where c.archived_at is null
    group by 1
  )
  select k.slug, k.name_en as "nameEn", k.name_ru as "nameRu", k.hue, k.motif,
         coalesce(live.course_count, 0) as "courseCount"
  from categories k
  left join live using (slug)
  order by k.sort_order, k.slug`;

/** All categories with how many courses of the catalog each has. */
export async function loadCategories(db: Queryable): Promise<NonNullable<Loaded['categories']>> {
  const { rows } = await db.query<NonNullable<Loaded['categories']>[number]>(LOAD_CATEGORIES);
  return rows;
}
