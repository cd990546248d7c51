/** What a course is joined with for its card. */
export const CARD_JOINS = `
  join users u on u.id = c.teacher_id
  join categories k on k.slug = c.category_slug`;

/** Of the column that the indexes hold. */
export const PRICE = { free: 'c.sort_price = 0', paid: 'c.sort_price > 0' };

/** A time as JavaScript writes it. */
export const jsonTime = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Names and values of a card, for json_build_object: Postgres writes JSON faster than rows are made objects and then text. */
export const CARD_MEMBERS = `
  'id', c.id, 'slug', c.slug, 'title', c.title, 'subtitle', c.subtitle, 'language', c.language, 'level', c.level,
  'category', json_build_object(
    'slug', k.slug, 'name', json_build_object('en', k.name_en, 'ru', k.name_ru), 'hue', k.hue, 'motif', k.motif
  ),
  'teacher', json_build_object('id', u.id, 'name', u.name, 'isVerified', u.is_verified),
  'price', case when c.price_amount is not null
    then json_build_object('amount', c.price_amount, 'currency', c.price_currency)
  end,
  'lessonCount', c.lesson_count,
  'durationMinutes', c.duration_minutes,
  'rating', case when c.review_count > 0
    then json_build_object(
      'average', (round(c.star_sum * 100.0 / c.review_count) / 100)::float8, 'count', c.review_count
    )
  end,
  'publishedAt', ${jsonTime('c.published_at')},
  'updatedAt', ${jsonTime('c.updated_at')}`;

/** Who may open a lesson `l` of a course `c`. */
export const ACCESS = `case when c.price_amount is null then 'free' when l.is_free_preview then 'preview' else 'paid' end`;
