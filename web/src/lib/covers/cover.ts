import { motifOf } from './motifs.ts';
import { paletteOf } from './palette.ts';
import { createRandom } from './random.ts';
import { HEIGHT, rect, WIDTH } from './shapes.ts';

export interface CoverSeed {
  /** What tells this cover from the others of its category: the course id. */
  id: string;
  /** Hue of the category in degrees. */
  hue: number;
  /** Motif of the category. */
  motif: string;
}

/** The cover as an SVG document. The same seed gives the same bytes everywhere. */
export function drawCover({ id, hue, motif }: CoverSeed): string {
  const random = createRandom(id);
  const palette = paletteOf(hue, random);
  const drawing = motifOf(motif)(palette, random);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="xMidYMid slice">` +
    `${rect(0, 0, WIDTH, HEIGHT, palette.ground)}${drawing}</svg>`
  );
}

/** Raised when drawings change, because answers are cached for ever. */
const EDITION = 1;

/** Address of the cover; it holds everything that the drawing depends on. */
export const coverUrl = ({ id, hue, motif }: CoverSeed): string =>
  `/covers/${motif}-${Math.round(hue)}-${id}.svg?v=${EDITION}`;

/** The seed in the file name of a cover, without `.svg`; null when it is none. */
export function parseCoverName(name: string): CoverSeed | null {
  const match = /^([a-z]{2,20})-(\d{1,3})-([a-z0-9-]{1,80})$/.exec(name);
  const [, motif, hue, id] = match ?? [];
  if (!motif || !hue || !id || Number(hue) > 360) return null;
  return { id, motif, hue: Number(hue) };
}
