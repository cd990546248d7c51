import { expect, test } from 'vitest';
import { renderBar, renderLine } from './progress-bar.ts';

test('the bar shows the share that is done', () => {
  expect(renderBar(1000, 4000)).toBe('[########----------------------]  25%  1,000 of 4,000');
});

test('it is never more than full', () => {
  expect(renderBar(5, 4)).toBe(`[${'#'.repeat(30)}] 100%  5 of 4`);
});

test('without a total it says what is done', () => {
  expect(renderBar(1234, 0)).toBe('1,234');
});

test('in a narrow terminal the bar gives way to what is said of it', () => {
  const progress = { phase: 'courses', done: 12_000, total: 100_000, details: '1,615/s  0:55 left' };
  const line = renderLine(progress, 79);
  expect(line).toHaveLength(79);
  expect(line).toMatch(/^courses +\[#+-+\] {2}12% {2}12,000 of 100,000 {2}1,615\/s {2}0:55 left$/);
  expect(renderLine(progress, 200)).toContain(`[${'#'.repeat(4)}${'-'.repeat(26)}]`);
});
