import type { Random } from './random.ts';

/** The colors of one cover: a flat ground, two tones of the same hue and one accent. */
export interface Palette {
  ground: string;
  tone: string;
  light: string;
  accent: string;
}

const oklch = (lightness: number, chroma: number, hue: number): string =>
  `oklch(${lightness} ${chroma} ${((hue % 360) + 360) % 360})`;

/** Sun, coral, rose and mint: accents that go with any ground far enough from them. */
const ACCENT_HUES = [88, 45, 18, 168] as const;

/** Degrees between two hues, the short way round. */
const distance = (a: number, b: number): number => Math.min(Math.abs(a - b), 360 - Math.abs(a - b));

/** Grounds are deep, middle or pale, so that a shelf of one category is a series and not a repetition. */
export function paletteOf(hue: number, random: Random): Palette {
  const [first = ACCENT_HUES[0], ...others] = ACCENT_HUES.filter((accent) => distance(accent, hue) >= 45);
  const accentHue = random.pick([first, ...others]);
  const depth = random.pick(['deep', 'deep', 'middle', 'middle', 'pale']);
  if (depth === 'deep') {
    return {
      ground: oklch(0.38, 0.072, hue),
      tone: oklch(0.5, 0.095, hue),
      light: oklch(0.86, 0.06, hue),
      accent: oklch(0.78, 0.13, accentHue),
    };
  }
  if (depth === 'middle') {
    return {
      ground: oklch(0.6, 0.105, hue),
      tone: oklch(0.49, 0.1, hue),
      light: oklch(0.94, 0.035, hue),
      accent: oklch(0.85, 0.12, accentHue),
    };
  }
  return {
    ground: oklch(0.89, 0.045, hue),
    tone: oklch(0.76, 0.085, hue),
    light: oklch(0.45, 0.09, hue),
    accent: oklch(0.62, 0.15, accentHue),
  };
}
