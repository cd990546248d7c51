import { inMilliseconds, type TableCopy } from './table-copy.ts';

/**
 * Courses as their live revision has them, module by module and lesson by lesson. A course that is not live is a draft,
 * without lessons: whoever is enrolled in it still sees its name.
 */
export const courses: TableCopy = {
  table: 'courses',
  columns: {
    id: 'c.id',
    teacher_id: 'c.owner_id',
    category_slug: 'coalesce(own.slug, c.category_slug)',
    slug: 'c.slug',
    title: 'coalesce(r.title, c.title)',
    subtitle: `coalesce(r.head ->> 'subtitle', c.subtitle)`,
    description_html: `coalesce(r.head ->> 'descriptionHtml', '')`,
    description_text: `coalesce(r.head ->> 'descriptionText', '')`,
    outcomes: `case when r.head is null then c.outcomes
                    else array(select jsonb_array_elements_text(r.head -> 'outcomes')) end`,
    language: `coalesce(r.head ->> 'language', c.language)`,
    level: `coalesce(r.head ->> 'level', c.level)`,
    price_amount: `nullif((r.price ->> 'amount')::int, 0)`,
    price_currency: `case when (r.price ->> 'amount')::int > 0 then r.price ->> 'currency' end`,
    status: `case when r.revision is null then 'draft' when c.archived_at is not null then 'archived' else 'published' end`,
    revision: 'r.revision',
    published_at: inMilliseconds('coalesce(c.first_published_at, r.published_at)'),
    updated_at: inMilliseconds('r.published_at'),
  },
  from: `
    courses c
    left join course_revisions r on r.course_id = c.id and r.revision = c.live_revision
    left join categories own on own.slug = r.category`,
  count: 'select count(*)::int from courses',
  splitBy: 'c.id',
};

const LIVE = 'courses c join course_revisions r on r.course_id = c.id and r.revision = c.live_revision';

export const modules: TableCopy = {
  table: 'modules',
  columns: { id: `m.module ->> 'id'`, course_id: 'c.id', title: `m.module ->> 'title'`, sort_order: 'm.number' },
  from: `${LIVE} cross join lateral jsonb_array_elements(r.content -> 'modules') with ordinality as m (module, number)`,
  count: `select coalesce(sum(r.module_count), 0)::int from ${LIVE}`,
};

export const lessons: TableCopy = {
  table: 'lessons',
  columns: {
    id: `l.lesson ->> 'id'`,
    module_id: 'l.module_id',
    title: `l.lesson ->> 'title'`,
    html: `l.lesson ->> 'html'`,
    body_text: `coalesce(
      (select string_agg(concat_ws(E'\\n', nullif(section ->> 'heading', ''), section ->> 'text'), E'\\n' order by number)
       from jsonb_array_elements(l.lesson -> 'sections') with ordinality as s (section, number)), '')`,
    headings: `l.lesson -> 'headings'`,
    is_free_preview: `l.lesson ->> 'isFreePreview'`,
    duration_minutes: `l.lesson ->> 'durationMinutes'`,
    has_video: `l.lesson ->> 'hasVideo'`,
    sort_order: 'l.sort_order',
    updated_at: `l.lesson ->> 'updatedAt'`,
  },
  from: `
    ${LIVE}
    cross join lateral (
      select m.module ->> 'id' as module_id, lesson, own.number as sort_order,
             row_number() over (order by m.number, own.number) as place
      from jsonb_array_elements(r.content -> 'modules') with ordinality as m (module, number),
           jsonb_array_elements(m.module -> 'lessons') with ordinality as own (lesson, number)
    ) l`,
  count: `select coalesce(sum(jsonb_array_length(r.lesson_ids)), 0)::int from ${LIVE}`,
  splitBy: 'c.id',
};
