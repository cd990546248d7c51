import { circle, HEIGHT, path, range, round, WIDTH, type Motif } from '../shapes.ts';

/** Hills behind hills, and a low sun. */
export const horizon: Motif = ({ tone, light, accent, ground }, random) => {
  const colors = [tone, light, ground, tone];
  const top = random.between(150, 205);
  const hills = range(4).map((index) => {
    const y = top + index * 62;
    const rises = range(3).map(() => random.between(-52, 26));
    return path(`${ridge(y, rises)}V${HEIGHT}H0Z`, colors[index] ?? tone);
  });
  const sun = circle(random.between(150, 490), top - random.between(5, 55), random.between(64, 100), accent);
  return sun + hills.join('');
};

function ridge(y: number, rises: number[]): string {
  const width = WIDTH / rises.length;
  const curves = rises.map((rise, index) => {
    const x = index * width;
    const level = y + (index % 2 ? 14 : -8);
    return `C${round(x + width * 0.33)} ${round(y + rise)} ${round(x + width * 0.66)} ${round(y + rise)} ${round(x + width)} ${round(level)}`;
  });
  return `M0 ${round(y)}${curves.join('')}`;
}
