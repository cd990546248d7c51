import { range, round, stroke, turned, type Motif } from '../shapes.ts';

/** Bands woven over and under each other. */
export const knots: Motif = ({ ground, tone, light, accent }, random) => {
  const gap = random.pick([92, 112, 136]);
  const width = gap * random.between(0.5, 0.62);
  const count = Math.ceil(1000 / gap);
  const accented = Math.floor(count / 2) - random.pick([0, 1]);
  const at = (index: number) => -180 + index * gap;
  const across = (row: number) => stroke(`M-240 ${round(at(row) - 100)}H900`, light, width);
  const down = (column: number) => stroke(`M${round(at(column))} -300V760`, column === accented ? accent : tone, width);

  /** The crossings where the horizontal band lies on top: drawn again over the vertical one, with a shadow at its edges. */
  const over = range(count * count)
    .filter((index) => (Math.floor(index / count) + (index % count)) % 2 === 0)
    .map((index) => {
      const x = at(index % count);
      const y = at(Math.floor(index / count)) - 100;
      const reach = gap / 2;
      const segment = `M${round(x - reach)} ${round(y)}h${round(reach * 2)}`;
      return stroke(segment, ground, width + 14) + stroke(segment, light, width);
    });
  const under = range(count)
    .map((row) => across(row))
    .join('');
  const columns = range(count).map(
    (column) => stroke(`M${round(at(column))} -300V760`, ground, width + 14) + down(column),
  );
  return turned(random.pick([45, 45, 30, -30]), 1, under + columns.join('') + over.join(''));
};
