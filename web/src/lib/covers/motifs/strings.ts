import { circle, range, round, stroke, turned, type Motif } from '../shapes.ts';

/** Strings over the whole cover; one has just been plucked. */
export const strings: Motif = ({ tone, light, accent }, random) => {
  const count = random.pick([6, 7, 8]);
  const gap = 460 / count;
  const plucked = Math.floor(random.between(2, count - 2));
  const at = random.between(200, 440);
  const lines = range(count).map((index) => {
    const y = -20 + (index + 0.5) * gap;
    const bend = index === plucked ? gap * 1.9 : Math.abs(index - plucked) === 1 ? gap * 0.55 : 0;
    const direction = index <= plucked ? -1 : 1;
    const color = index === plucked ? accent : index % 2 ? tone : light;
    const d = `M-160 ${round(y)}Q${round(at)} ${round(y + bend * direction)} 800 ${round(y)}`;
    return stroke(d, color, 7 + index * 2.4);
  });
  const hole = circle(at, 200, random.between(92, 130), tone);
  return turned(random.between(-26, 26), random.between(1.05, 1.25), hole + lines.join(''));
};
