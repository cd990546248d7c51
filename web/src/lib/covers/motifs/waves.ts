import { circle, HEIGHT, path, range, round, WIDTH, type Motif } from '../shapes.ts';

/** Broad swells, one behind the other, and something round above them. */
export const waves: Motif = ({ tone, light, accent, ground }, random) => {
  const top = random.between(120, 190);
  const length = random.between(260, 420);
  const height = random.between(24, 46);
  const phase = random.between(0, length);
  const colors = [tone, light, tone, ground, tone];
  const bands = range(5).map((index) => {
    const y = top + index * 58;
    const shift = phase + index * length * 0.37;
    return path(`${swell(y, length, height * (1 - index * 0.1), shift)}V${HEIGHT}H0Z`, colors[index] ?? tone);
  });
  const x = random.between(130, 510);
  return circle(x, top - random.between(10, 40), random.between(58, 92), accent) + bands.join('');
};

function swell(y: number, length: number, height: number, shift: number): string {
  const start = -(shift % length) - length;
  const half = length / 2;
  const curves = range(Math.ceil((WIDTH - start) / half) + 1).map((index) => {
    const x = start + index * half;
    const bend = y + (index % 2 ? height : -height);
    return `Q${round(x + half / 2)} ${round(bend)} ${round(x + half)} ${round(y)}`;
  });
  return `M${round(start)} ${round(y)}${curves.join('')}`;
}
