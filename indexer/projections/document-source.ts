import { parseSearchKey } from './courses/search-documents.ts';
import { namedKey } from './courses/named.ts';
import { textOf } from './key.ts';

/** What a document is made of: the kind of its projection, and its key within that kind. */
export interface DocumentSource {
  kind: string;
  key: string;
}

const NIL = '00000000-0000-0000-0000-000000000000';

const of =
  (kind: string, count: number) =>
  (ids: string[]): DocumentSource | null =>
    ids.length === count ? { kind, key: textOf(ids) } : null;
const ofCourse = ([id = '']: string[]): DocumentSource => ({ kind: 'courses', key: namedKey.course(id) });
const ofLesson = ([id = '']: string[]): DocumentSource => ({ kind: 'courses', key: namedKey.lesson(id) });

/** By the name that a key of the Redis read model begins with; see documentKeys in contracts/redis-keys.ts. */
const IN_REDIS: Record<string, (ids: string[]) => DocumentSource | null> = {
  card: ofCourse,
  course: ofCourse,
  curriculum: ofCourse,
  outline: ofCourse,
  lesson: ofLesson,
  'lesson-locked': ofLesson,
  slug: ([slug = '']) => ({ kind: 'courses', key: namedKey.slug(slug) }),
  categories: () => ({ kind: 'courses', key: namedKey.categories() }),
  stats: of('stats', 1),
  rating: of('stats', 1),
  me: of('me', 1),
  teacher: of('teachers', 1),
  learning: of('learning', 2),
  // The code alone tells nothing of whose it is.
  certificate: ([code = '']) => ({ kind: 'certificates', key: textOf([NIL, NIL, code]) }),
  payment: of('payments', 2),
  // A review is looked for by its id, and by whose it is.
  review: ([id = '']) => ({ kind: 'reviews', key: textOf([NIL, id, NIL]) }),
  'own-review': ([userId = NIL, courseId = NIL]) => ({ kind: 'reviews', key: textOf([userId, NIL, courseId]) }),
  notification: of('notifications', 1),
  favorite: of('favorites', 2),
  note: of('notes', 2),
  question: of('questions', 1),
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Kinds whose ids are not UUIDs. */
const FREE = new Set(['slug', 'certificate', 'categories']);

/** The source of a document of the Redis read model; null: no projection makes such a key. */
export function sourceInRedis(documentKey: string): DocumentSource | null {
  const [name = '', ...ids] = documentKey.split(':');
  if (!Object.hasOwn(IN_REDIS, name) || (!FREE.has(name) && !ids.every((id) => UUID.test(id)))) return null;
  return IN_REDIS[name]?.(ids) ?? null;
}

/** The source of a document of the search read model; null: no projection makes such a key. */
export function sourceInSearch(documentKey: string): DocumentSource | null {
  const { index, id } = parseSearchKey(documentKey);
  if (!UUID.test(id)) return null;
  return { kind: 'courses', key: index === 'courses' ? namedKey.course(id) : namedKey.lesson(id) };
}
