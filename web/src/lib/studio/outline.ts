import type { OutlineBody } from '@eduplatform/contracts/http/studio';

/** As much of a module as ordering needs. */
interface Arranged {
  id: string;
  lessons: { id: string }[];
}

/** The body of the command that puts a course into this order. */
export const toOutline = (modules: readonly Arranged[]): OutlineBody => ({
  modules: modules.map(({ id, lessons }) => ({ id, lessonIds: lessons.map((lesson) => lesson.id) })),
});

/** The modules with one moved by `step` places; the same array when it cannot move there. */
export function moveModule<M extends Arranged>(modules: readonly M[], moduleId: string, step: 1 | -1): readonly M[] {
  const from = modules.findIndex(({ id }) => id === moduleId);
  return from < 0 ? modules : placeModule(modules, moduleId, from + step);
}

/** The modules with one taken out and put back at `index`. */
export function placeModule<M extends Arranged>(modules: readonly M[], moduleId: string, index: number): readonly M[] {
  const moved = modules.find(({ id }) => id === moduleId);
  if (!moved || index < 0 || index >= modules.length) return modules;
  return modules.filter((module) => module !== moved).toSpliced(index, 0, moved);
}

/** The modules with one lesson a place further; past an end of its module it goes to the neighboring one. */
export function moveLesson<M extends Arranged>(modules: readonly M[], lessonId: string, step: 1 | -1): readonly M[] {
  const home = modules.findIndex(({ lessons }) => lessons.some(({ id }) => id === lessonId));
  const index = modules[home]?.lessons.findIndex(({ id }) => id === lessonId) ?? -1;
  const target = index + step;
  const here = modules[home];
  if (!here) return modules;
  if (target >= 0 && target < here.lessons.length) return placeLesson(modules, lessonId, here.id, target);
  const neighbor = modules[home + step];
  if (!neighbor) return modules;
  return placeLesson(modules, lessonId, neighbor.id, step === 1 ? 0 : neighbor.lessons.length);
}

/** The modules with one lesson taken out and put into a module at `index` (counted without the lesson itself). */
export function placeLesson<M extends Arranged>(
  modules: readonly M[],
  lessonId: string,
  moduleId: string,
  index: number,
): readonly M[] {
  const lesson = modules.flatMap(({ lessons }) => lessons).find(({ id }) => id === lessonId);
  if (!lesson || !modules.some(({ id }) => id === moduleId)) return modules;
  return modules.map((module) => {
    const others = module.lessons.filter(({ id }) => id !== lessonId);
    if (module.id === moduleId) return { ...module, lessons: others.toSpliced(index, 0, lesson) };
    return others.length === module.lessons.length ? module : { ...module, lessons: others };
  });
}
