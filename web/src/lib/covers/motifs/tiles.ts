import { circle, path, range, rect, round, type Motif } from '../shapes.ts';

/** Square tiles with quarter circles, laid as chance has it; a single piece stands on them. */
export const tiles: Motif = ({ tone, light, accent }, random) => {
  const size = random.pick([80, 100, 160]);
  const columns = Math.ceil(640 / size);
  const rows = Math.ceil(400 / size);
  const laid = range(columns * rows).map((index) => {
    const x = (index % columns) * size;
    const y = Math.floor(index / columns) * size;
    const isDark = (Math.floor(index / columns) + (index % columns)) % 2 === 0;
    return (isDark ? rect(x, y, size, size, tone) : '') + quarter(x, y, size, Math.floor(random.between(0, 4)), light);
  });
  const column = Math.floor(columns * random.between(0.3, 0.75));
  const row = Math.floor(rows * random.between(0.2, 0.8));
  return laid.join('') + circle((column + 0.5) * size, (row + 0.5) * size, size * 0.34, accent);
};

function quarter(x: number, y: number, size: number, corner: number, fill: string): string {
  const right = corner === 1 || corner === 2;
  const bottom = corner >= 2;
  const cornerX = right ? x + size : x;
  const cornerY = bottom ? y + size : y;
  const radius = size * 0.78;
  const alongX = cornerX + (right ? -radius : radius);
  const alongY = cornerY + (bottom ? -radius : radius);
  const sweep = right === bottom ? 1 : 0;
  return path(
    `M${round(cornerX)} ${round(cornerY)}L${round(alongX)} ${round(cornerY)}A${round(radius)} ${round(radius)} 0 0 ${sweep} ${round(cornerX)} ${round(alongY)}Z`,
    fill,
  );
}
