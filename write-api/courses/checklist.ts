import type { Course } from './course.ts';
import type { DraftModule } from './draft.ts';

export interface ChecklistItem {
  /** Stable, so that the storefront can say it in the reader's language. */
  code: 'description' | 'modules' | 'moduleLessons' | 'lessonTexts';
  ok: boolean;
  message: string;
}

const quoted = (titles: string[]): string => {
  const shown = titles.slice(0, 3).map((title) => `“${title}”`);
  return titles.length > shown.length
    ? `${shown.join(', ')} and ${titles.length - shown.length} more`
    : shown.join(', ');
};

const isBlank = (text: string): boolean => text.trim() === '';

/** What publishing asks for, each with whether the draft has it. */
export function checklistOf(course: Pick<Course, 'descriptionMd'>, modules: DraftModule[]): ChecklistItem[] {
  const emptyModules = modules.filter(({ lessons }) => lessons.length === 0).map(({ title }) => title);
  const emptyLessons = modules
    .flatMap(({ lessons }) => lessons)
    .filter(({ bodyMd }) => isBlank(bodyMd))
    .map(({ title }) => title);
  return [
    { code: 'description', ok: !isBlank(course.descriptionMd), message: 'Describe the course' },
    { code: 'modules', ok: modules.length > 0, message: 'Add a module' },
    {
      code: 'moduleLessons',
      ok: modules.length > 0 && emptyModules.length === 0,
      message: emptyModules.length > 0 ? `Add a lesson to ${quoted(emptyModules)}` : 'Give each module a lesson',
    },
    {
      code: 'lessonTexts',
      ok: emptyLessons.length === 0,
      message: emptyLessons.length > 0 ? `Write the text of ${quoted(emptyLessons)}` : 'Give each lesson a text',
    },
  ];
}
