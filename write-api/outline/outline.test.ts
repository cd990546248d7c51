import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideOutline } from './outline.ts';

const current = [
  { id: 'm1', lessonIds: ['a', 'b'] },
  { id: 'm2', lessonIds: ['c'] },
];
const messages = (asked: typeof current): string[] => {
  const decision = decideOutline(current, asked);
  return decision.kind === 'mismatch' ? decision.problems.map(({ message }) => message) : [];
};

describe('an outline', () => {
  it('in the same order changes nothing', () => {
    expect(decideOutline(current, structuredClone(current))).toEqual({ kind: 'unchanged' });
  });

  it('may move lessons between modules', () => {
    const asked = [
      { id: 'm2', lessonIds: ['c', 'a'] },
      { id: 'm1', lessonIds: ['b'] },
    ];
    expect(decideOutline(current, asked)).toEqual({
      kind: 'reorder',
      plan: {
        modules: [
          { id: 'm2', place: 1 },
          { id: 'm1', place: 2 },
        ],
        lessons: [
          { id: 'c', moduleId: 'm2', place: 1 },
          { id: 'a', moduleId: 'm2', place: 2 },
          { id: 'b', moduleId: 'm1', place: 1 },
        ],
      },
    });
  });

  it('must name everything exactly once', () => {
    expect(
      messages([
        { id: 'm1', lessonIds: ['a', 'a', 'x', 'b'] },
        { id: 'm1', lessonIds: [] },
      ]),
    ).toEqual([
      'module m1 is named twice',
      'module m2 is missing',
      'lesson a is named twice',
      'lesson x is not in this course',
      'lesson c is missing',
    ]);
  });

  const outlines = fc.array(fc.nat(6), { maxLength: 5 }).map((sizes) => {
    let next = 0;
    return sizes.map((size, module) => ({
      id: `m${module}`,
      lessonIds: Array.from({ length: size }, () => `l${(next += 1)}`),
    }));
  });

  it('of any permutation keeps every lesson, in the order asked for', () => {
    fc.assert(
      fc.property(outlines, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (outline, dice) => {
        const roll = (): number => dice.next().value;
        const shuffled = outline.map(({ id }) => ({ id, lessonIds: [] as string[] })).sort(() => roll() - 0.5);
        for (const id of outline.flatMap(({ lessonIds }) => lessonIds)) {
          const lessons = shuffled[Math.floor(roll() * shuffled.length) % shuffled.length]?.lessonIds ?? [];
          lessons.splice(Math.floor(roll() * (lessons.length + 1)), 0, id);
        }
        const decision = decideOutline(outline, shuffled);
        if (decision.kind === 'unchanged') {
          expect(shuffled).toEqual(outline);
          return;
        }
        expect(decision).toEqual({
          kind: 'reorder',
          plan: {
            modules: shuffled.map(({ id }, index) => ({ id, place: index + 1 })),
            lessons: shuffled.flatMap(({ id: moduleId, lessonIds }) =>
              lessonIds.map((id, index) => ({ id, moduleId, place: index + 1 })),
            ),
          },
        });
      }),
    );
  });

  it('that loses or repeats anything is refused', () => {
    const nonEmpty = outlines.filter((outline) => outline.some(({ lessonIds }) => lessonIds.length > 0));
    fc.assert(
      fc.property(nonEmpty, fc.nat(), fc.boolean(), (outline, pick, repeats) => {
        const asked = structuredClone(outline);
        const filled = asked.filter(({ lessonIds }) => lessonIds.length > 0);
        const lessons = filled[pick % filled.length]?.lessonIds ?? [];
        if (repeats) lessons.push(lessons[0] ?? '');
        else lessons.pop();
        expect(decideOutline(outline, asked)).toMatchObject({ kind: 'mismatch', problems: [expect.anything()] });
      }),
    );
  });
});
