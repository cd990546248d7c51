import { circle, range, turned, type Motif } from '../shapes.ts';

/** A halftone that swells around one place, where a single dot speaks up. */
export const dots: Motif = ({ tone, light, accent }, random) => {
  const gap = random.pick([46, 56, 68]);
  const centerX = random.between(140, 500);
  const centerY = random.between(100, 300);
  const reach = random.between(240, 340);
  const columns = Math.ceil(920 / gap);
  const rows = Math.ceil(640 / (gap * 0.866));
  const points = range(columns * rows).map((index) => {
    const row = Math.floor(index / columns);
    const x = -140 + (index % columns) * gap + (row % 2 ? gap / 2 : 0);
    const y = -120 + row * gap * 0.866;
    return { x, y, distance: Math.hypot(x - centerX, y - centerY) };
  });
  const nearest = points.reduce((best, point) => (point.distance < best.distance ? point : best));
  const drawn = points.map((point) => {
    const nearness = Math.max(0, 1 - point.distance / reach);
    const radius = gap * (0.13 + 0.36 * nearness);
    return circle(point.x, point.y, radius, point === nearest ? accent : nearness > 0.3 ? light : tone);
  });
  return turned(random.between(-14, 14), 1, drawn.join(''));
};
