import { verdictOn, type Row } from './rows.ts';

/**
 * 0: the targets hold; 1: something was wrong, so the figures are void; 2: a target is missed; 3: none is missed, but not
 * all that were asked for could be measured.
 */
export type Outcome = 0 | 1 | 2 | 3;

export const OUTCOME_WORD = ['holds', 'void', 'missed', 'not measured'] as const satisfies Record<Outcome, string>;

const WORST_FIRST = [1, 2, 3] as const;

/** Of several runs the worst. */
export const concluded = (outcomes: readonly Outcome[]): Outcome =>
  WORST_FIRST.find((outcome) => outcomes.includes(outcome)) ?? 0;

/** @param wrong what makes the figures void, in words */
export function verdictOnRun(rows: readonly Row[], wrong: readonly string[]): { outcome: Outcome; figure: string } {
  const judged = rows.filter(({ target }) => target !== null);
  const named = (verdict: ReturnType<typeof verdictOn>): string[] =>
    judged.filter((row) => verdictOn(row) === verdict).map(({ id }) => id);
  const [missed, unmeasured] = [named('missed'), named('not measured')];
  const list = (what: string, ids: string[]): string => (ids.length > 0 ? `; ${what}: ${ids.join(', ')}` : '');
  const figure =
    `${named('holds').length} of ${judged.length} targets` + list('missed', missed) + list('not measured', unmeasured);
  return {
    outcome: concluded([wrong.length > 0 ? 1 : 0, missed.length > 0 ? 2 : 0, unmeasured.length > 0 ? 3 : 0]),
    figure,
  };
}
