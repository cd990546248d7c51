import type { DeadLetter } from '@eduplatform/contracts/http/indexer';

const LESSON = /^(?:lesson|lessons|lesson-locked):([0-9a-f-]{36})$/;

/** What to ask about to learn how a refused document keeps a course from readers; null: it is of no course. */
export function subjectOfLetter({
  key,
  sourceKind,
  sourceKey,
}: Pick<DeadLetter, 'key' | 'sourceKind' | 'sourceKey'>): string | null {
  return LESSON.exec(key)?.[1] ?? (sourceKind === 'courses' ? sourceKey : null);
}
