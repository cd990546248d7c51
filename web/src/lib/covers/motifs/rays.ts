import { circle, path, range, round, type Motif } from '../shapes.ts';

/** Light from one point, in wedges of two widths. */
export const rays: Motif = ({ tone, light, accent, ground }, random) => {
  const x = random.between(120, 520);
  const y = random.between(130, 330);
  const count = random.pick([10, 12, 16]);
  const start = random.between(0, 6.28);
  const share = random.between(0.38, 0.55);
  const wedges = range(count).map((index) => {
    const from = start + (index / count) * Math.PI * 2;
    const to = from + (share / count) * Math.PI * 2;
    const far = (angle: number) => `${round(x + Math.cos(angle) * 900)} ${round(y + Math.sin(angle) * 900)}`;
    return path(`M${round(x)} ${round(y)}L${far(from)}L${far(to)}Z`, index % 2 ? light : tone);
  });
  const radius = random.between(52, 84);
  return wedges.join('') + circle(x, y, radius * 1.5, ground) + circle(x, y, radius, accent);
};
