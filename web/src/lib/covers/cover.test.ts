import { describe, expect, it } from 'vitest';
import { coverUrl, drawCover, parseCoverName } from './cover.ts';
import { motifs } from './motifs.ts';

const seed = { id: '0190a1b2-0000-7000-8000-000000000001', hue: 255, motif: 'brackets' };

describe('covers', () => {
  it('are the same bytes for the same seed', () => {
    expect(drawCover(seed)).toBe(drawCover({ ...seed }));
  });

  it.each(Object.keys(motifs))('of the motif %s differ between courses', (motif) => {
    const ids = Array.from({ length: 20 }, (_, index) => `course-${index}`);
    const drawn = new Set(ids.map((id) => drawCover({ id, hue: 200, motif })));
    expect(drawn.size).toBe(20);
  });

  it.each(Object.keys(motifs))('of the motif %s are small SVG documents of finite numbers', (motif) => {
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const svg = drawCover({ id, hue: 70, motif });
      expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 640 400".*<\/svg>$/);
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      expect(svg.length).toBeLessThan(24_000);
    }
  });

  it('draw something for a motif that is not known', () => {
    expect(drawCover({ ...seed, motif: 'constructor' })).toContain('<circle');
  });

  it('carry their whole seed in their address', () => {
    const name = /\/covers\/(.+)\.svg/.exec(coverUrl(seed))?.[1];
    expect(parseCoverName(name ?? '')).toEqual(seed);
  });

  it.each(['', 'brackets', 'brackets-999-x', 'BRACKETS-20-x', 'brackets-20-<script>', 'brackets-20-../x'])(
    'refuse the name %j',
    (name) => {
      expect(parseCoverName(name)).toBeNull();
    },
  );
});
