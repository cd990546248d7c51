import type { Scale } from './scale.ts';
import { line, picture, seriesClass, short, text } from './theme.ts';

/** A bar of several parts, one behind the other. */
export interface Bar {
  name: string;
  /** In the order of the kinds. */
  parts: number[];
}

export interface BarPlot {
  title: string;
  /** With the unit. */
  axis: string;
  scale: Scale;
  format: (value: number) => string;
  /** What the parts of each bar are. */
  kinds: readonly string[];
  bars: readonly Bar[];
}

const WIDTH = 860;
const LEFT = 230;
const RIGHT = 760;
const TOP = 96;
const ROW = 34;
const THICKNESS = 20;

/** Horizontal bars, each with its sum behind it. */
export function barPlot({ title, axis, scale, format, kinds, bars }: BarPlot): string {
  const bottom = TOP + bars.length * ROW;
  const toX = (value: number): number => LEFT + scale.at(value) * (RIGHT - LEFT);
  return picture(WIDTH, bottom + 68, title, [
    ...kinds.flatMap((kind, index) => legend(kind, index)),
    ...scale.ticks.flatMap((tick) => [
      line(toX(tick), TOP - 6, toX(tick), bottom),
      text(toX(tick), bottom + 20, format(tick), 'muted middle'),
    ]),
    text((LEFT + RIGHT) / 2, bottom + 46, axis, 'ink middle'),
    ...bars.flatMap((bar, index) => draw(bar, TOP + index * ROW, toX, format)),
  ]);
}

function draw({ name, parts }: Bar, y: number, toX: (value: number) => number, format: (value: number) => string) {
  const middle = y + THICKNESS / 2 + 5;
  let sum = 0;
  const rectangles = parts.map((part, index) => {
    const [from, to] = [toX(sum), toX(sum + part)];
    sum += part;
    return `<rect class="c${seriesClass(index)}" x="${short(from)}" y="${y}" width="${short(to - from)}" height="${THICKNESS}"/>`;
  });
  return [text(LEFT - 12, middle, name, 'ink end'), ...rectangles, text(toX(sum) + 8, middle, format(sum), 'ink')];
}

function legend(kind: string, index: number): string[] {
  const x = LEFT + index * 130;
  return [
    `<rect class="c${seriesClass(index)}" x="${x}" y="56" width="14" height="14" rx="2"/>`,
    text(x + 22, 68, kind, 'muted'),
  ];
}
