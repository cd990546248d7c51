import { range, rect, turned, type Motif } from '../shapes.ts';

/** A table of squares, each as large as its value. */
export const grid: Motif = ({ tone, light, accent }, random) => {
  const cell = random.pick([64, 80, 100]);
  const columns = Math.ceil(900 / cell);
  const rows = Math.ceil(640 / cell);
  const waveX = random.between(0.5, 1.1);
  const waveY = random.between(0.5, 1.1);
  const phase = random.between(0, 6.3);
  const accented = Math.floor(rows / 2) * columns + Math.floor(columns * random.between(0.35, 0.65));
  const squares = range(columns * rows).map((index) => {
    const column = index % columns;
    const row = Math.floor(index / columns);
    const value = (Math.sin(column * waveX + phase) + Math.cos(row * waveY + phase * 1.7) + 2) / 4;
    const size = cell * (0.24 + 0.66 * value);
    const offset = (cell - size) / 2;
    const color = index === accented ? accent : value > 0.56 ? light : tone;
    return rect(-130 + column * cell + offset, -120 + row * cell + offset, size, size, color, size * 0.1);
  });
  return turned(random.pick([0, 0, -12, 12, 45]), 1, squares.join(''));
};
