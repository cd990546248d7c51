import type { OutlineBody } from '@eduplatform/contracts/http/studio';

type Outline = OutlineBody['modules'];

export interface OutlineProblem {
  path: string;
  message: string;
}

/** The places that an outline gives to modules and lessons, from 1. */
export interface OutlinePlan {
  modules: { id: string; place: number }[];
  lessons: { id: string; moduleId: string; place: number }[];
}

export type OutlineDecision =
  { kind: 'unchanged' } | { kind: 'mismatch'; problems: OutlineProblem[] } | { kind: 'reorder'; plan: OutlinePlan };

/** Whether `asked` names every module and lesson of `current` exactly once, and what that means. Lessons may change modules. */
export function decideOutline(current: Outline, asked: Outline): OutlineDecision {
  const problems = [
    ...compare('module', ids(current), ids(asked)),
    ...compare('lesson', lessonIds(current), lessonIds(asked)),
  ];
  if (problems.length > 0) return { kind: 'mismatch', problems };
  if (JSON.stringify(current.map(order)) === JSON.stringify(asked.map(order))) return { kind: 'unchanged' };
  return {
    kind: 'reorder',
    plan: {
      modules: asked.map(({ id }, index) => ({ id, place: index + 1 })),
      lessons: asked.flatMap((module) =>
        module.lessonIds.map((id, index) => ({ id, moduleId: module.id, place: index + 1 })),
      ),
    },
  };
}

const ids = (outline: Outline): string[] => outline.map(({ id }) => id);
const lessonIds = (outline: Outline): string[] => outline.flatMap((module) => module.lessonIds);
const order = (module: Outline[number]): unknown[] => [module.id, module.lessonIds];

function compare(noun: 'module' | 'lesson', current: string[], asked: string[]): OutlineProblem[] {
  const known = new Set(current);
  const seen = new Set<string>();
  const problems: OutlineProblem[] = [];
  for (const id of asked) {
    if (!known.has(id)) problems.push({ path: 'body/modules', message: `${noun} ${id} is not in this course` });
    else if (seen.has(id)) problems.push({ path: 'body/modules', message: `${noun} ${id} is named twice` });
    seen.add(id);
  }
  for (const id of current) {
    if (!seen.has(id)) problems.push({ path: 'body/modules', message: `${noun} ${id} is missing` });
  }
  return problems;
}
