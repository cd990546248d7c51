/** Columns of CardRow, of the courses `c`. */
export const CARD_COLUMNS = `
  c.id, c.slug, c.title, c.subtitle, c.language, c.level, c.price_amount, c.price_currency, c.published_at, c.updated_at,
  c.lesson_count, c.duration_minutes, c.review_count, c.star_sum,
  k.slug as category_slug, k.name_en, k.name_ru, k.hue, k.motif,
  u.id as teacher_id, u.name as teacher_name, u.is_verified as teacher_is_verified`;

/** What a course is joined with for them. */
export const CARD_JOINS = `
  join users u on u.id = c.teacher_id
  join categories k on k.slug = c.category_slug`;

/** Of the column that the indexes hold. */
export const PRICE = { free: 'c.sort_price = 0', paid: 'c.sort_price > 0' };
