import { loadavg } from 'node:os';

export interface Figure {
  name: string;
  value: number;
  unit: string;
  target: number;
  /** Whether the target is a floor instead of a ceiling. */
  isFloor?: boolean;
  /** What belongs beside it. */
  note?: string;
  /** One-minute load average when it was taken: others may be working on the machine. */
  load: number;
}

export const figure = (
  name: string,
  value: number,
  unit: string,
  rest: Omit<Figure, 'name' | 'value' | 'unit' | 'load'>,
) => ({
  ...{ name, value, unit, load: loadavg()[0] ?? Number.NaN },
  ...rest,
});

export const holds = ({ value, target, isFloor = false }: Figure): boolean =>
  isFloor ? value >= target : value <= target;

export const describeFigure = (one: Figure): string => {
  const sign = one.isFloor ? '≥' : '≤';
  const verdict = holds(one) ? 'holds ' : 'MISSED';
  const note = one.note ? ` · ${one.note}` : '';
  return `${verdict} ${one.name}: ${rounded(one.value)} ${one.unit} (${sign} ${one.target})${note} · load ${one.load.toFixed(1)}`;
};

const rounded = (value: number): string => (value >= 1000 ? Math.round(value).toLocaleString('en') : value.toFixed(1));
