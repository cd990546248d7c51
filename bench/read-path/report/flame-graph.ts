import { escapeText, picture, short } from './plots/theme.ts';

/** What V8 writes with `--cpu-prof`, as far as it is used here. */
export interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number }; children?: number[] }[];
  /** Ids of the nodes that were running. */
  samples: number[];
  /** Microseconds between the samples. */
  timeDeltas: number[];
}

interface Frame {
  name: string;
  place: string;
  color: string;
  own: number;
  children: Map<string, Frame>;
}

const WIDTH = 1400;
const TOP = 56;
const ROW = 18;
/** Narrower than this, in pixels, nobody sees it. */
const LEAST = 0.6;
const LETTER = 6.6;
/** Not work of the service: waiting, and beginning to profile. */
const IDLE = new Set(['(idle)', '(program)']);
const PROFILER = '/contenders/profiled.ts';

/** A flame graph (Brendan Gregg, 2011) of the time that was not idle: the root above, the widest calls to the left. */
export function flameGraph(profile: CpuProfile, title: string): string {
  const root = merge(profile);
  const total = timeOf(root);
  const rows: string[][] = [];
  const place = (frame: Frame, depth: number, x: number): void => {
    const width = (timeOf(frame) / total) * WIDTH;
    if (width < LEAST) return;
    (rows[depth] ??= []).push(draw(frame, depth, x, width, (timeOf(frame) / total) * 100));
    let left = x;
    for (const child of [...frame.children.values()].sort((a, b) => timeOf(b) - timeOf(a))) {
      place(child, depth + 1, left);
      left += (timeOf(child) / total) * WIDTH;
    }
  };
  place(root, 0, 0);
  return picture(WIDTH, TOP + rows.length * ROW + 16, title, rows.flat());
}

function timeOf({ own, children }: Frame): number {
  return [...children.values()].reduce((sum, child) => sum + timeOf(child), own);
}

/** Calls of the same function from the same place are one frame. */
function merge({ nodes, samples, timeDeltas }: CpuProfile): Frame {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const own = new Map<number, number>();
  samples.forEach((id, index) => own.set(id, (own.get(id) ?? 0) + Math.max(0, timeDeltas[index] ?? 0)));
  const add = (id: number, to: Map<string, Frame>): void => {
    const node = byId.get(id);
    if (!node) return;
    const { functionName, url, lineNumber } = node.callFrame;
    if (IDLE.has(functionName) || url.endsWith(PROFILER)) return;
    const where = url === '' ? '' : `${url.replace(/^.*\/(?=[^/]+\/[^/]+\/[^/]+$)/, '')}:${lineNumber + 1}`;
    const name = functionName === '' ? '(anonymous)' : functionName;
    const key = `${name} ${where}`;
    const frame = to.get(key) ?? {
      name,
      place: where,
      color: colorOf(name, url),
      own: 0,
      children: new Map<string, Frame>(),
    };
    to.set(key, frame);
    frame.own += own.get(id) ?? 0;
    for (const child of node.children ?? []) add(child, frame.children);
  };
  const top = new Map<string, Frame>();
  const [first] = nodes;
  if (first) add(first.id, top);
  const [root] = top.values();
  if (!root) throw new Error('the profile is empty');
  return { ...root, name: 'all' };
}

/** The product's own code, packages, Node's and V8's are told apart by color. */
function colorOf(name: string, url: string): string {
  if (name.startsWith('(garbage')) return 'c1';
  if (url === '') return 'c5';
  if (url.startsWith('node:')) return 'c3';
  return url.includes('/node_modules/') ? 'c2' : 'c0';
}

function draw(frame: Frame, depth: number, x: number, width: number, percent: number): string {
  const y = TOP + depth * ROW;
  const letters = Math.floor((width - 6) / LETTER);
  const label = letters < 3 ? '' : frame.name.slice(0, letters);
  return [
    `<g><title>${escapeText(`${frame.name} ${frame.place} – ${percent.toFixed(1)} %`)}</title>`,
    `<rect class="${frame.color} s-paper" x="${short(x)}" y="${y}" width="${short(width)}" height="${ROW - 1}" opacity="0.55"/>`,
    label && `<text class="ink" style="font-size:11px" x="${short(x + 3)}" y="${y + 12}">${escapeText(label)}</text>`,
    '</g>',
  ].join('');
}
