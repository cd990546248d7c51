import { line, picture, seriesClass, short, text } from './theme.ts';
import type { Scale } from './scale.ts';

export interface Line {
  name: string;
  points: { x: number; y: number }[];
}

export interface Axis {
  /** With the unit. */
  title: string;
  scale: Scale;
  format: (value: number) => string;
}

export interface LinePlot {
  title: string;
  x: Axis;
  y: Axis;
  lines: readonly Line[];
  /** Marks each point: the line between them is a guess. */
  hasDots?: boolean;
}

const WIDTH = 860;
const HEIGHT = 420;
const FIELD = { left: 84, top: 62, right: 640, bottom: 352 };

/** Lines over two axes, named in a column beside them in the order in which they are given. */
export function linePlot({ title, x, y, lines, hasDots = false }: LinePlot): string {
  const toX = (value: number): number => FIELD.left + x.scale.at(value) * (FIELD.right - FIELD.left);
  const toY = (value: number): number => FIELD.bottom - y.scale.at(value) * (FIELD.bottom - FIELD.top);
  const middle = (FIELD.left + FIELD.right) / 2;
  return picture(WIDTH, HEIGHT, title, [
    ...y.scale.ticks.flatMap((tick) => [
      line(FIELD.left, toY(tick), FIELD.right, toY(tick)),
      text(FIELD.left - 10, toY(tick) + 4, y.format(tick), 'muted end'),
    ]),
    ...x.scale.ticks.flatMap((tick) => [
      line(toX(tick), FIELD.top, toX(tick), FIELD.bottom),
      text(toX(tick), FIELD.bottom + 20, x.format(tick), 'muted middle'),
    ]),
    text(middle, FIELD.bottom + 46, x.title, 'ink middle'),
    text(24, 54, y.title, 'ink'),
    ...lines.flatMap((one, index) => draw(one, seriesClass(index), toX, toY, hasDots)),
    ...lines.flatMap(({ name }, index) => legend(name, index)),
  ]);
}

function draw(
  { points }: Line,
  color: number,
  toX: (value: number) => number,
  toY: (value: number) => number,
  hasDots: boolean,
): string[] {
  const path = points.map((point) => `${short(toX(point.x))},${short(toY(point.y))}`).join(' ');
  const dots = hasDots
    ? points.map(
        (point) => `<circle cx="${short(toX(point.x))}" cy="${short(toY(point.y))}" r="3.5" class="c${color}"/>`,
      )
    : [];
  return [`<polyline class="stroke s-c${color} d${color}" points="${path}"/>`, ...dots];
}

function legend(name: string, index: number): string[] {
  const [x, y] = [FIELD.right + 24, FIELD.top + 14 + index * 26];
  const color = seriesClass(index);
  return [
    `<line x1="${x}" y1="${y - 4}" x2="${x + 30}" y2="${y - 4}" class="stroke s-c${color} d${color}"/>`,
    text(x + 40, y, name, 'ink'),
  ];
}
