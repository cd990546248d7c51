import { line, picture, seriesClass, short, text } from './theme.ts';
import type { Scale } from './scale.ts';

export interface Line {
  name: string;
  points: { x: number; y: number }[];
  /** Numbers of its color and of its dashes, where lines belong together; its place in the list otherwise. */
  look?: { color: number; dashes: number };
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
const FIELD = { left: 84, top: 82, right: 620, bottom: 352 };

/** Lines over two axes, named in a column beside them in the order in which they are given. */
export function linePlot({ title, x, y, lines, hasDots = false }: LinePlot): string {
  const toX = (value: number): number => FIELD.left + x.scale.at(value) * (FIELD.right - FIELD.left);
  const toY = (value: number): number => FIELD.bottom - y.scale.at(value) * (FIELD.bottom - FIELD.top);
  const looked = lines.map((one, index) => ({ look: { color: index, dashes: index }, ...one }));
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
    text(24, 62, y.title, 'ink'),
    ...looked.flatMap((one) => draw(one, toX, toY, hasDots)),
    ...looked.flatMap(legend),
  ]);
}

const classesOf = ({ look = { color: 0, dashes: 0 } }: Line): string =>
  `s-c${seriesClass(look.color)} d${seriesClass(look.dashes)}`;

function draw(line: Line, toX: (value: number) => number, toY: (value: number) => number, hasDots: boolean): string[] {
  const path = line.points.map((point) => `${short(toX(point.x))},${short(toY(point.y))}`).join(' ');
  const color = seriesClass(line.look?.color ?? 0);
  const dots = hasDots
    ? line.points.map(
        (point) => `<circle cx="${short(toX(point.x))}" cy="${short(toY(point.y))}" r="3.5" class="c${color}"/>`,
      )
    : [];
  return [`<polyline class="stroke ${classesOf(line)}" points="${path}"/>`, ...dots];
}

function legend(line: Line, index: number): string[] {
  const [x, y] = [FIELD.right + 24, FIELD.top + 14 + index * 26];
  return [
    `<line x1="${x}" y1="${y - 4}" x2="${x + 30}" y2="${y - 4}" class="stroke ${classesOf(line)}"/>`,
    text(x + 40, y, line.name, 'ink'),
  ];
}
