import type { Motif } from './shapes.ts';
import { arcs } from './motifs/arcs.ts';
import { brackets } from './motifs/brackets.ts';
import { dots } from './motifs/dots.ts';
import { grid } from './motifs/grid.ts';
import { horizon } from './motifs/horizon.ts';
import { knots } from './motifs/knots.ts';
import { leaves } from './motifs/leaves.ts';
import { rays } from './motifs/rays.ts';
import { steps } from './motifs/steps.ts';
import { strings } from './motifs/strings.ts';
import { tiles } from './motifs/tiles.ts';
import { waves } from './motifs/waves.ts';

export const motifs = { arcs, brackets, dots, grid, horizon, knots, leaves, rays, steps, strings, tiles, waves };
export type MotifName = keyof typeof motifs;

export const isMotif = (name: string): name is MotifName => Object.hasOwn(motifs, name);

/** The motif of that name; a category that names one we do not draw gets arcs. */
export const motifOf = (name: string): Motif => (isMotif(name) ? motifs[name] : arcs);
