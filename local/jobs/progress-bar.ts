import type { WriteStream } from 'node:tty';

const WIDTH = 30;
const LEAST_WIDTH = 8;

/** `[##########----------]  33%  1,000 of 3,000`; without a total only what is done. */
export function renderBar(done: number, total: number, width = WIDTH): string {
  const count = (value: number): string => value.toLocaleString('en-US');
  if (total <= 0) return count(done);
  const share = Math.min(1, done / total);
  const filled = Math.round(share * width);
  const bar = '#'.repeat(filled) + '-'.repeat(width - filled);
  return `[${bar}] ${String(Math.floor(share * 100)).padStart(3)}%  ${count(done)} of ${count(total)}`;
}

/** A phase with its bar and details in a line of so many columns: where they are few, the bar is the first to give way. */
export function renderLine(
  { phase, done, total, details }: { phase: string; done: number; total: number; details: string },
  columns: number,
): string {
  const lineWith = (width: number): string => `${phase.padEnd(20)} ${renderBar(done, total, width)}  ${details}`;
  const excess = lineWith(WIDTH).length - columns;
  const line = excess > 0 ? lineWith(Math.max(LEAST_WIDTH, WIDTH - excess)) : lineWith(WIDTH);
  return line.slice(0, Math.max(20, columns));
}

/** A line that is drawn over again on a terminal; elsewhere each phase is written once. */
export class ProgressBar {
  readonly #out: WriteStream;
  #phase = '';
  #isDrawn = false;

  constructor(out: WriteStream) {
    this.#out = out;
  }

  /** `details` stand behind the bar. */
  show(phase: string, done: number, total: number, details = ''): void {
    if (!this.#out.isTTY) {
      if (phase !== this.#phase) this.#out.write(`${phase}\n`);
      this.#phase = phase;
      return;
    }
    this.#out.write(`\r\x1b[2K${renderLine({ phase, done, total, details }, (this.#out.columns || 80) - 1)}`);
    this.#isDrawn = true;
  }

  /** Leaves the terminal's line free for what comes next. */
  clear(): void {
    if (this.#isDrawn) this.#out.write('\r\x1b[2K');
    this.#isDrawn = false;
  }
}
