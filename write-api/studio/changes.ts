import { isDeepStrictEqual } from 'node:util';
import type { DraftChange } from '@eduplatform/contracts/http/revisions';
import type { StudioLesson } from '@eduplatform/contracts/http/studio';
import type { CourseRevision } from '@eduplatform/contracts/revision';

const COURSE_FIELDS = [
  'title',
  'subtitle',
  'descriptionMd',
  'language',
  'level',
  'category',
  'price',
  'outcomes',
] as const;
const LESSON_FIELDS = ['title', 'bodyMd', 'isFreePreview', 'durationMinutes'] as const;

type Lesson = Pick<StudioLesson, 'id' | (typeof LESSON_FIELDS)[number]>;
interface Module {
  id: string;
  title: string;
  lessons: Lesson[];
}

/** What is compared: a draft or a revision, each as the teacher wrote it. */
type Content = Pick<CourseRevision, (typeof COURSE_FIELDS)[number]> & { modules: Module[] };

/** In what a draft differs from a revision: the course first, then its parts in the draft's order, then what is gone. */
export function changesOf(live: Content, draft: Content & { id: string }): DraftChange[] {
  const fields = differing(COURSE_FIELDS, live, draft);
  return [
    ...changed('course', { id: draft.id, title: draft.title }, live.title, fields),
    ...partChanges('module', live.modules, draft.modules, (before, after) =>
      differing(['title'] as const, before, after),
    ),
    ...lessonChanges(live.modules, draft.modules),
  ];
}

function lessonChanges(live: Module[], draft: Module[]): DraftChange[] {
  const homes = (modules: Module[]) =>
    new Map(modules.flatMap(({ id, lessons }) => lessons.map((lesson) => [lesson.id, id])));
  const homeBefore = homes(live);
  const homeNow = homes(draft);
  const flat = (modules: Module[]): Lesson[] => modules.flatMap(({ lessons }) => lessons);
  return partChanges('lesson', flat(live), flat(draft), (before, after) => [
    ...differing(LESSON_FIELDS, before, after),
    ...(homeBefore.get(before.id) === homeNow.get(after.id) ? [] : ['place']),
  ]);
}

function partChanges<T extends { id: string; title: string }>(
  subject: 'module' | 'lesson',
  live: T[],
  draft: T[],
  compare: (before: T, after: T) => string[],
): DraftChange[] {
  const before = new Map(live.map((part) => [part.id, part]));
  const now = new Set(draft.map(({ id }) => id));
  const kept = draft.filter(({ id }) => before.has(id)).map(({ id }) => id);
  const moved = outOfOrder(
    live.filter(({ id }) => now.has(id)).map(({ id }) => id),
    kept,
  );
  return [
    ...draft.flatMap((part): DraftChange[] => {
      const old = before.get(part.id);
      if (!old) return [{ subject, change: 'added', id: part.id, title: part.title, fields: [] }];
      const fields = new Set([...compare(old, part), ...(moved.has(part.id) ? ['place'] : [])]);
      return changed(subject, part, old.title, [...fields]);
    }),
    ...live
      .filter(({ id }) => !now.has(id))
      .map(({ id, title }): DraftChange => ({ subject, change: 'removed', id, title, fields: [] })),
  ];
}

function changed(
  subject: DraftChange['subject'],
  { id, title }: { id: string; title: string },
  previousTitle: string,
  fields: string[],
): DraftChange[] {
  if (fields.length === 0) return [];
  return [{ subject, change: 'changed', id, title, ...(title !== previousTitle && { previousTitle }), fields }];
}

const differing = <K extends string>(names: readonly K[], before: Record<K, unknown>, after: Record<K, unknown>): K[] =>
  names.filter((name) => !isDeepStrictEqual(before[name], after[name]));

/** The fewest ids to move so that `before` becomes `after`: those outside a longest run that is in order in both. */
export function outOfOrder(before: string[], after: string[]): Set<string> {
  const place = new Map(before.map((id, index) => [id, index]));
  const best: { length: number; previous: number }[] = [];
  let last = -1;
  for (const [index, id] of after.entries()) {
    let length = 1;
    let previous = -1;
    for (let other = 0; other < index; other += 1) {
      const isBefore = (place.get(after[other] ?? '') ?? 0) < (place.get(id) ?? 0);
      const run = best[other]?.length ?? 0;
      if (isBefore && run + 1 > length) [length, previous] = [run + 1, other];
    }
    best.push({ length, previous });
    if (length > (best[last]?.length ?? 0)) last = index;
  }
  const moved = new Set(after);
  for (let index = last; index >= 0; index = best[index]?.previous ?? -1) moved.delete(after[index] ?? '');
  return moved;
}
