import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isComplete, progressOf } from '@eduplatform/contracts/progress';
import { markLesson, type Learning } from './mark.ts';

const nothing: Learning = { done: new Set(), isCompleted: false };
const lessonId = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const lessons = fc.uniqueArray(lessonId, { minLength: 1 });
/** What happens in the life of a course: a student marks a lesson, or its teacher publishes other lessons. */
const step = fc.oneof(
  fc.record({ mark: lessonId, isDone: fc.boolean() }),
  fc.record({ publish: fc.uniqueArray(lessonId) }),
);
type Step = { mark: string; isDone: boolean } | { publish: string[] };

interface Life {
  live: string[];
  learning: Learning;
  completions: number;
}

/** Plays a step as the commands and the worker do: only live lessons can be marked. */
function play(life: Life, step: Step): Life {
  if ('publish' in step) {
    const completes = !life.learning.isCompleted && isComplete(progressOf(step.publish, life.learning.done));
    const learning = { ...life.learning, isCompleted: life.learning.isCompleted || completes };
    return { live: step.publish, learning, completions: life.completions + Number(completes) };
  }
  if (!life.live.includes(step.mark)) return life;
  const { learning, completes } = markLesson(life.live, life.learning, step.mark, step.isDone);
  return { ...life, learning, completions: life.completions + Number(completes) };
}

const lives = (live: string[], steps: Step[]): Life[] => {
  const all: Life[] = [{ live, learning: nothing, completions: 0 }];
  for (const next of steps) all.push(play(all.at(-1) ?? { live, learning: nothing, completions: 0 }, next));
  return all;
};

describe('marking a lesson', () => {
  it('of the last remaining one completes the course', () => {
    const first = markLesson(['a', 'b'], nothing, 'b', true);
    expect(first).toMatchObject({ isChanged: true, completes: false, progress: { percent: 50 } });
    const last = markLesson(['a', 'b'], first.learning, 'a', true);
    expect(last).toMatchObject({ isChanged: true, completes: true, progress: { percent: 100 } });
  });

  it('twice is no change', () => {
    fc.assert(
      fc.property(lessons, fc.uniqueArray(lessonId), fc.boolean(), fc.boolean(), (live, done, isDone, isCompleted) => {
        const lesson = live[0] ?? '';
        const once = markLesson(live, { done: new Set(done), isCompleted }, lesson, isDone);
        const twice = markLesson(live, once.learning, lesson, isDone);
        expect(twice).toMatchObject({ isChanged: false, completes: false, learning: once.learning });
        expect(twice.progress).toEqual(once.progress);
      }),
    );
  });

  it('in any order of the lessons completes the course with the last one, and not before', () => {
    const orders = lessons.chain((live) =>
      fc.record({
        live: fc.constant(live),
        order: fc.shuffledSubarray(live, { minLength: live.length, maxLength: live.length }),
      }),
    );
    fc.assert(
      fc.property(orders, ({ live, order }) => {
        let learning = nothing;
        const completes = order.map((lesson) => {
          const marked = markLesson(live, learning, lesson, true);
          learning = marked.learning;
          return marked.completes;
        });
        expect(completes).toEqual(order.map((_, index) => index === order.length - 1));
      }),
    );
  });
});

describe('a completion', () => {
  it('is given at most once, and exactly when every live lesson is done for the first time', () => {
    fc.assert(
      fc.property(lessons, fc.array(step, { maxLength: 60 }), (live, steps) => {
        const all = lives(live, steps);
        const firstDone = all.findIndex((life) => isComplete(progressOf(life.live, life.learning.done)));
        const firstCompleted = all.findIndex((life) => life.learning.isCompleted);
        expect(firstCompleted).toBe(firstDone);
        expect(all.at(-1)?.completions).toBe(firstDone === -1 ? 0 : 1);
      }),
      { numRuns: 500 },
    );
  });

  it('is never taken away, neither by unmarking nor by other lessons', () => {
    fc.assert(
      fc.property(lessons, fc.array(step, { maxLength: 60 }), (live, steps) => {
        const completed = lives(live, steps).map((life) => Number(life.learning.isCompleted));
        expect(completed).toEqual(completed.toSorted());
      }),
      { numRuns: 500 },
    );
  });
});
