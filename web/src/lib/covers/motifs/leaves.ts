import { path, range, round, stroke, turned, type Motif } from '../shapes.ts';

/** A branch across the cover, its leaves in pairs, one of them turned to the light. */
export const leaves: Motif = ({ tone, light, accent, ground }, random) => {
  const pairs = random.pick([4, 5]);
  const gap = 760 / pairs;
  const length = random.between(150, 205);
  const breadth = length * random.between(0.3, 0.4);
  const lean = random.between(38, 58);
  const accented = random.pick([1, 2, 2]);
  const drawn = range(pairs).flatMap((index) => {
    const x = -60 + index * gap;
    return [-1, 1].map((side) => {
      const color = index === accented && side === -1 ? accent : side === 1 ? tone : light;
      return `<g transform="translate(${round(x + (side === 1 ? gap * 0.35 : 0))} 200) rotate(${round(side * lean)})">${leaf(length, breadth, color, ground)}</g>`;
    });
  });
  const stem = stroke('M-120 200H780', light, 9);
  return turned(random.between(-34, -8), random.between(1, 1.2), stem + drawn.join(''));
};

function leaf(length: number, breadth: number, fill: string, vein: string): string {
  const tip = round(length);
  const bend = round(length * 0.45);
  const side = round(breadth);
  return (
    path(`M0 0Q${bend} ${-side} ${tip} 0Q${bend} ${side} 0 0Z`, fill) +
    stroke(`M${round(length * 0.14)} 0H${round(length * 0.8)}`, vein, 4, 'round')
  );
}
