/** Columns of CardRow, of the courses `c`. */
export const CARD_COLUMNS = `
  c.id, c.slug, c.title, c.subtitle, c.language, c.level, c.price_amount, c.price_currency, c.published_at, c.updated_at,
  k.slug as category_slug, k.name_en, k.name_ru, k.hue, k.motif,
  u.id as teacher_id, u.name as teacher_name, u.is_verified as teacher_is_verified,
  size.lesson_count, size.duration_minutes, stars.review_count, stars.star_sum`;

/** What a course is joined with for them. */
export const CARD_JOINS = `
  join users u on u.id = c.teacher_id
  join categories k on k.slug = c.category_slug
  cross join lateral (
    select count(*)::int as lesson_count, coalesce(sum(l.duration_minutes), 0)::int as duration_minutes,
           count(*) filter (where l.is_free_preview)::int as preview_count
    from modules m join lessons l on l.module_id = m.id where m.course_id = c.id
  ) size
  cross join lateral (
    select count(*)::int as review_count, coalesce(sum(v.rating), 0)::int as star_sum
    from reviews v where v.course_id = c.id and v.hidden_at is null
  ) stars`;

export const PRICE = { free: 'c.price_amount is null', paid: 'c.price_amount is not null' };
