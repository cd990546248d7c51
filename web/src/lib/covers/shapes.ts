import type { Palette } from './palette.ts';
import type { Random } from './random.ts';

export const WIDTH = 640;
export const HEIGHT = 400;

/** Draws a motif: SVG elements that fill the canvas of WIDTH × HEIGHT. */
export type Motif = (palette: Palette, random: Random) => string;

/** Coordinates with one decimal: a tenth of a pixel at full size is not seen, its digits are sent. */
export const round = (value: number): number => Math.round(value * 10) / 10;

export const circle = (x: number, y: number, radius: number, fill: string): string =>
  `<circle cx="${round(x)}" cy="${round(y)}" r="${round(radius)}" fill="${fill}"/>`;

export const rect = (x: number, y: number, width: number, height: number, fill: string, radius = 0): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${fill}"${radius ? ` rx="${round(radius)}"` : ''}/>`;

export const path = (d: string, fill: string): string => `<path d="${d}" fill="${fill}"/>`;

export const stroke = (d: string, color: string, width: number, cap: 'butt' | 'round' = 'butt'): string =>
  `<path d="${d}" fill="none" stroke="${color}" stroke-width="${round(width)}"${cap === 'round' ? ' stroke-linecap="round"' : ''} stroke-linejoin="round"/>`;

/** Turned and enlarged around the middle, so that the motif still reaches every edge. */
export const turned = (degrees: number, scale: number, content: string): string =>
  `<g transform="rotate(${round(degrees)} 320 200) translate(${round(320 * (1 - scale))} ${round(200 * (1 - scale))}) scale(${round(scale * 100) / 100})">${content}</g>`;

/** The numbers 0 … count − 1. */
export const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
