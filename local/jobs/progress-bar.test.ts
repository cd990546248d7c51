import { expect, test } from 'vitest';
import { renderBar } from './progress-bar.ts';

test('the bar shows the share that is done', () => {
  expect(renderBar(1000, 4000)).toBe('[########----------------------]  25%  1,000 of 4,000');
});

test('it is never more than full', () => {
  expect(renderBar(5, 4)).toBe(`[${'#'.repeat(30)}] 100%  5 of 4`);
});

test('without a total it says what is done', () => {
  expect(renderBar(1234, 0)).toBe('1,234');
});
