import type { Curriculum } from '@eduplatform/contracts/documents';

type CurriculumLesson = Curriculum['modules'][number]['lessons'][number];

const lessonsOf = (curriculum: Curriculum): CurriculumLesson[] => curriculum.modules.flatMap(({ lessons }) => lessons);

/** The first lesson that everybody may open; null when there is none. */
export const firstOpenLesson = (curriculum: Curriculum): CurriculumLesson | null =>
  lessonsOf(curriculum).find(({ access }) => access !== 'paid') ?? null;

/** The first lesson of all; null while there is none. */
export const firstLesson = (curriculum: Curriculum): CurriculumLesson | null => lessonsOf(curriculum)[0] ?? null;
