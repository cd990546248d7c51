import type { Queryable } from '@eduplatform/db/transaction';

const LOAD_SLUGS = `
  select c.slug, case when c.live_revision is not null then c.id end as id
  from courses c
  where c.slug = any($1::text[]) or c.id = any($2::uuid[])`;

/** Who answers to these slugs, and to those of these courses; null: nobody. */
export async function loadSlugs(
  db: Queryable,
  slugs: string[],
  courseIds: string[],
): Promise<{ slug: string; courseId: string | null }[]> {
  if (slugs.length + courseIds.length === 0) return [];
  const { rows } = await db.query<{ slug: string; id: string | null }>({
    name: 'load-slugs',
    text: LOAD_SLUGS,
    values: [slugs, courseIds],
  });
  const holders = new Map<string, string | null>(slugs.map((slug) => [slug, null]));
  for (const { slug, id } of rows) holders.set(slug, id);
  return [...holders].map(([slug, courseId]) => ({ slug, courseId }));
}
