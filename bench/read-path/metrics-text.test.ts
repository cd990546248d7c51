import { expect, test } from 'vitest';
import { sumOf } from './metrics-text.ts';

const TEXT = `# HELP asked_total asked_total 7
# TYPE asked_total counter
asked_total{route="/a {x}",status="200"} 3
asked_total{route="/b",status="200"} 4
asked_total_more 9
alone 2.5
`;

test('a metric is summed over its labels, and told from others that begin like it', () => {
  expect(sumOf(TEXT, 'asked_total')).toBe(7);
  expect(sumOf(TEXT, 'alone')).toBe(2.5);
  expect(sumOf(TEXT, 'asked')).toBe(0);
});
