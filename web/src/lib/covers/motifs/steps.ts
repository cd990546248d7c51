import { circle, HEIGHT, range, rect, WIDTH, type Motif } from '../shapes.ts';

/** A flight of stairs, with a ball that has come some way up. */
export const steps: Motif = ({ tone, light, accent, ground }, random) => {
  const count = random.pick([4, 5, 6]);
  const width = WIDTH / count;
  const rise = random.between(250, 320) / count;
  const climbsRight = random() < 0.6;
  const place = (index: number) => (climbsRight ? index : count - 1 - index) * width;
  const stairs = range(count).map((index) => {
    const y = HEIGHT - rise * (index + 0.7);
    const side = index % 2 ? tone : light;
    return (
      rect(place(index), y, width + 0.5, HEIGHT - y, side) + rect(place(index), y, width + 0.5, rise * 0.16, ground)
    );
  });
  const step = random.pick([1, 2, count - 2]);
  const radius = Math.min(width, rise) * 0.62;
  return stairs.join('') + circle(place(step) + width / 2, HEIGHT - rise * (step + 0.7) - radius, radius, accent);
};
