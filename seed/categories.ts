/** The large shape drawn on the covers of a category. */
export type CoverMotif =
  | 'waves'
  | 'steps'
  | 'arcs'
  | 'grid'
  | 'rays'
  | 'dots'
  | 'knots'
  | 'leaves'
  | 'brackets'
  | 'horizon'
  | 'strings'
  | 'tiles';

/** A category as it is seeded: names in both languages, the hue of its covers (degrees, 0–360) and their motif. */
export type CategorySource = { slug: string; nameEn: string; nameRu: string; hue: number; motif: CoverMotif };

export const categories: readonly CategorySource[] = [
  { slug: 'programming', nameEn: 'Programming', nameRu: 'Программирование', hue: 255, motif: 'brackets' },
  { slug: 'data', nameEn: 'Data', nameRu: 'Данные', hue: 225, motif: 'grid' },
  { slug: 'math', nameEn: 'Mathematics', nameRu: 'Математика', hue: 285, motif: 'arcs' },
  { slug: 'science', nameEn: 'Science', nameRu: 'Наука', hue: 195, motif: 'rays' },
  { slug: 'art', nameEn: 'Art', nameRu: 'Искусство', hue: 25, motif: 'horizon' },
  { slug: 'cooking', nameEn: 'Cooking', nameRu: 'Кулинария', hue: 70, motif: 'waves' },
  { slug: 'business', nameEn: 'Business', nameRu: 'Бизнес', hue: 165, motif: 'steps' },
  { slug: 'games', nameEn: 'Games', nameRu: 'Игры', hue: 110, motif: 'tiles' },
  { slug: 'languages', nameEn: 'Languages', nameRu: 'Языки', hue: 345, motif: 'dots' },
  { slug: 'music', nameEn: 'Music', nameRu: 'Музыка', hue: 315, motif: 'strings' },
  { slug: 'health', nameEn: 'Health', nameRu: 'Здоровье', hue: 140, motif: 'leaves' },
  { slug: 'craft', nameEn: 'Craft', nameRu: 'Ремёсла', hue: 50, motif: 'knots' },
];
