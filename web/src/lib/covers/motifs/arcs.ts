import { circle, HEIGHT, range, WIDTH, type Motif } from '../shapes.ts';

/** Rings around a point near the edge, as a compass would leave them. */
export const arcs: Motif = ({ tone, light, accent, ground }, random) => {
  const x = random.pick([0, WIDTH, WIDTH * 0.5, WIDTH * 0.22, WIDTH * 0.8]);
  const y = random.pick([HEIGHT, HEIGHT, HEIGHT * 1.1, HEIGHT * 0.55]);
  const step = random.between(46, 66);
  const count = Math.ceil(560 / step);
  const accented = Math.floor(random.between(1, count - 2));
  const rings = range(count).map((index) => {
    const ring = count - 1 - index;
    const color = ring === accented ? accent : ring % 2 ? ground : ring % 4 ? light : tone;
    return circle(x, y, step * (ring + 0.75), color);
  });
  return rings.join('');
};
