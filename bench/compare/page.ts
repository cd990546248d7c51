import { escapeText } from '../read-path/report/plots/theme.ts';
import { formatValue } from '../read-path/rows.ts';
import { describeP99, type Comparison, type Figure } from './figures.ts';

export interface PageFacts {
  machine: string;
  at: Date;
  /** Courses that were asked for, and the servers. */
  setting: string;
  /** What keeps the figures from being compared with others. */
  warnings: readonly string[];
}

const STYLE = `
:root{--paper:#fcfaf6;--surface:#fff;--ink:#1f1915;--muted:#68625c;--line:#e1ddd8;--accent:#006d4c;--soft:#c9c2b8;--mark:#ffdb67}
@media(prefers-color-scheme:dark){:root{--paper:#13100d;--surface:#1c1915;--ink:#eae7e2;--muted:#a39d96;--line:#312d28;--accent:#54c398;--soft:#5b554d;--mark:#5f4b00}}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 'Golos Text',system-ui,-apple-system,'Segoe UI',sans-serif}
main{max-width:880px;margin:0 auto;padding:64px 24px 96px}
h1{font:600 32px/1.18 Literata,Georgia,'Times New Roman',serif;margin:0 0 12px}
h2{font:600 20px/1.35 Literata,Georgia,'Times New Roman',serif;margin:56px 0 12px}
p{margin:0 0 12px;max-width:68ch}.muted{color:var(--muted)}
table{width:100%;border-collapse:collapse}td,th{padding:8px 0;border-bottom:1px solid var(--line);font-weight:400;text-align:left;white-space:nowrap}
th{color:var(--muted);font-size:13px}.number{text-align:right;font-variant-numeric:tabular-nums;padding-left:24px}
.bar{width:46%;padding:0 16px}.bar div{height:16px;border-radius:3px;background:var(--soft);min-width:2px}.ours .bar div{background:var(--accent)}
.ours td:first-child{font-weight:600}.warning{background:var(--mark);padding:8px 12px;border-radius:6px}
@media(max-width:640px){.bar{display:none}}`;

/** A page that stands alone: the comparison, how it was made and what it says. */
export function comparePage({ subjects, control, isControlled }: Comparison, facts: PageFacts): string {
  const { machine, at, setting, warnings } = facts;
  const verdict = isControlled
    ? `Two processes of the read API differ by ${formatValue(control.median, '×')}: what differs by more is a difference.`
    : `Two processes of the read API differ by ${formatValue(control.median, '×')}: something else used the machine, and nothing can be told from these figures.`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Three ways to read the same courses</title><style>${STYLE}</style></head>
<body><main>
<h1>Three ways to read the same courses</h1>
<p>An API on SQL as one writes it first, the same with what one does when that is too slow, and the read API of this product, which has no SQL at all.</p>
<p class="muted">${escapeText(setting)} ${escapeText(machine)}. ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC.</p>
${[...warnings, ...(isControlled ? [] : [verdict])].map((warning) => `<p class="warning">${escapeText(warning)}</p>`).join('\n')}
${subjects.map(({ what, figures }) => section(what, figures)).join('\n')}
${isControlled ? `<p class="muted" style="margin-top:40px">${escapeText(verdict)}</p>` : ''}
<p class="muted">Made by <code>npm run compare</code>. <code>npm run bench</code> measures for longer, at more data, and writes a report.</p>
</main></body></html>
`;
}

function section(what: string, figures: readonly Figure[]): string {
  const most = Math.max(...figures.map(({ requestsPerSecond }) => requestsPerSecond));
  const rows = figures.map(
    ({ name, requestsPerSecond, p99Ms, toFirst }) => `<tr${name.startsWith('read API') ? ' class="ours"' : ''}>
<td>${escapeText(name)}</td><td class="bar"><div style="width:${((100 * requestsPerSecond) / most).toFixed(1)}%"></div></td>
<td class="number">${Math.round(requestsPerSecond).toLocaleString('en-US')}</td><td class="number">${escapeText(describeP99(p99Ms))}</td><td class="number">${formatValue(toFirst, '×')}</td></tr>`,
  );
  return `<h2>${escapeText(what.charAt(0).toUpperCase() + what.slice(1))}</h2>
<table><tr><th></th><th class="bar"></th><th class="number">requests/s</th><th class="number">p99</th><th class="number">to the first</th></tr>
${rows.join('\n')}</table>`;
}
