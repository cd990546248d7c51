/** The storefront's look (web/src/styles/tokens.css) for pictures that stand alone: its colors by name, light and dark. */
const COLORS = {
  paper: ['#fcfaf6', '#13100d'],
  ink: ['#1f1915', '#eae7e2'],
  muted: ['#68625c', '#a39d96'],
  line: ['#e1ddd8', '#312d28'],
  mark: ['#ffdb67', '#5f4b00'],
} as const;

/** One for each line or kind of bar, the accent first; a dash pattern says the same without color. */
const SERIES = [
  ['#006d4c', '#54c398', 'none'],
  ['#b94739', '#ef806f', '7 4'],
  ['#b77610', '#efb146', '2 3'],
  ['#2266a4', '#73b0ee', '10 3 2 3'],
  ['#7f447b', '#d297cc', '4 2'],
  ['#68625c', '#a39d96', '1 2'],
] as const;

const rules = (theme: 0 | 1): string =>
  [
    ...Object.entries(COLORS).map(
      ([name, colors]) => `.${name}{fill:${colors[theme]}}.s-${name}{stroke:${colors[theme]}}`,
    ),
    ...SERIES.map((series, index) => `.c${index}{fill:${series[theme]}}.s-c${index}{stroke:${series[theme]}}`),
  ].join('');

const FIXED = [
  `text{font:13px 'Golos Text',system-ui,-apple-system,'Segoe UI',sans-serif}`,
  `.title{font:600 17px Literata,Georgia,'Times New Roman',serif}`,
  '.end{text-anchor:end}.middle{text-anchor:middle}.stroke{fill:none;stroke-width:2;stroke-linejoin:round}',
  ...SERIES.map(([, , dash], index) => `.d${index}{stroke-dasharray:${dash}}`),
].join('');

/** Number of the class of a series (`c0`, `s-c0`, `d0` …). */
export const seriesClass = (index: number): number => index % SERIES.length;

/** A whole picture on paper. `body` is SVG; texts in it are escaped by `text`. */
export const picture = (width: number, height: number, title: string, body: readonly string[]): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeText(title)}">`,
    `<style>${FIXED}${rules(0)}@media (prefers-color-scheme:dark){${rules(1)}}</style>`,
    `<rect class="paper" width="${width}" height="${height}" rx="10"/>`,
    text(24, 34, title, 'title ink'),
    ...body,
    '</svg>',
    '',
  ].join('\n');

export const text = (x: number, y: number, content: string, classes: string): string =>
  `<text x="${short(x)}" y="${short(y)}" class="${classes}">${escapeText(content)}</text>`;

export const line = (x1: number, y1: number, x2: number, y2: number, classes = 's-line'): string =>
  `<line x1="${short(x1)}" y1="${short(y1)}" x2="${short(x2)}" y2="${short(y2)}" class="${classes}"/>`;

/** Two digits behind the point are below what can be seen. */
export const short = (value: number): string => String(Math.round(value * 100) / 100);

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escapeText = (content: string): string => content.replace(/[&<>"]/g, (one) => ESCAPES[one] ?? one);
