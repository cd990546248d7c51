import { describe, expect, it } from 'vitest';
import { niceMax, pathsOf, thinned, type LagPoint } from './line.ts';

const point = (seconds: number, rows = 0, lag = 0): LagPoint => ({ at: seconds * 1000, rows, seconds: lag });
const frame = { width: 100, height: 40, from: 0, to: 100_000, max: 10 };

describe('the line of a lag', () => {
  it('runs from the oldest moment to the newest, and up with the lag', () => {
    expect(pathsOf([point(0, 0), point(10, 5), point(20, 10)], 'rows', frame)).toEqual(['M0 40L10 20L20 0']);
  });

  it('is broken where nobody measured', () => {
    expect(pathsOf([point(0), point(5), point(60), point(65)], 'seconds', frame)).toEqual([
      'M0 40L5 40',
      'M60 40L65 40',
    ]);
  });

  it('shows a moment that stands alone, and nothing from outside its time', () => {
    expect(pathsOf([point(-5, 3), point(50, 10), point(200, 3)], 'rows', frame)).toEqual(['M50 0L50 0']);
  });

  it('stays inside when a value is above the axis', () => {
    expect(pathsOf([point(10, 99)], 'rows', frame)).toEqual(['M10 0L10 0']);
  });

  it('is nothing without measurements', () => {
    expect(pathsOf([], 'rows', frame)).toEqual([]);
  });
});

describe('the end of an axis', () => {
  it.each([
    [[0], 1, 1],
    [[3], 1, 5],
    [[10], 1, 10],
    [[10.1], 1, 20],
    [[0.2, 740], 1, 1000],
    [[], 10, 10],
  ])('of %j, at least %d, is %d', (values, least, expected) => {
    expect(niceMax(values, least)).toBe(expected);
  });
});

describe('a long history', () => {
  it('is thinned without losing its peaks or its order', () => {
    const points = Array.from({ length: 720 }, (_, index) => point(index * 5, 1, index === 333 ? 60 : 0.1));
    const kept = thinned(points, 120);
    expect(kept.length).toBeLessThanOrEqual(120);
    expect(Math.max(...kept.map(({ seconds }) => seconds))).toBe(60);
    expect(kept).toEqual(kept.toSorted((one, other) => one.at - other.at));
  });

  it('stays whole while it is short', () => {
    const points = [point(1), point(2)];
    expect(thinned(points, 120)).toBe(points);
  });
});
