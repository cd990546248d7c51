import { rect, round, stroke, turned, type Motif } from '../shapes.ts';

/** Two brackets as large as the cover allows, and a cursor between them. */
export const brackets: Motif = ({ tone, light, accent }, random) => {
  const kind = random.pick<keyof typeof shapes>(['curly', 'angle', 'square', 'round']);
  const half = random.between(120, 165);
  const inner = random.between(78, 120);
  const width = random.between(34, 52);
  const left = 320 - inner;
  const right = 320 + inner;
  const echo = random.between(84, 104);
  const draw = (x: number, side: -1 | 1, color: string) => stroke(shapes[kind](x, side, half), color, width, 'round');
  const cursor = rect(320 - width * 0.32, 200 - half * 0.42, width * 0.64, half * 0.84, accent, 5);
  const pair = draw(left, -1, light) + draw(right, 1, light);
  const echoes = draw(left - echo, -1, tone) + draw(right + echo, 1, tone);
  const farther = draw(left - echo * 2, -1, tone) + draw(right + echo * 2, 1, tone);
  return turned(random.between(-9, 9), random.between(0.95, 1.25), farther + echoes + pair + cursor);
};

type Shape = (x: number, side: -1 | 1, half: number) => string;

const shapes: Record<'curly' | 'angle' | 'square' | 'round', Shape> = {
  angle: (x, side, half) =>
    `M${round(x)} ${round(200 - half)}L${round(x + side * half * 0.5)} 200L${round(x)} ${round(200 + half)}`,
  square: (x, side, half) =>
    `M${round(x)} ${round(200 - half)}H${round(x + side * 46)}V${round(200 + half)}H${round(x)}`,
  round: (x, side, half) =>
    `M${round(x)} ${round(200 - half)}Q${round(x + side * half * 0.8)} 200 ${round(x)} ${round(200 + half)}`,
  curly: (x, side, half) => {
    const back = round(x + side * 36);
    const tip = round(x + side * 74);
    const q = half * 0.45;
    return (
      `M${round(x)} ${round(200 - half)}Q${back} ${round(200 - half)} ${back} ${round(200 - half + q * 0.6)}` +
      `V${round(200 - q * 0.5)}Q${back} 200 ${tip} 200Q${back} 200 ${back} ${round(200 + q * 0.5)}` +
      `V${round(200 + half - q * 0.6)}Q${back} ${round(200 + half)} ${round(x)} ${round(200 + half)}`
    );
  },
};
