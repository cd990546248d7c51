import type { WriteStream } from 'node:tty';

const WIDTH = 30;

/** `[##########----------]  33%  1,000 of 3,000`; without a total only what is done. */
export function renderBar(done: number, total: number): string {
  const count = (value: number): string => value.toLocaleString('en-US');
  if (total <= 0) return count(done);
  const share = Math.min(1, done / total);
  const filled = Math.round(share * WIDTH);
  const bar = '#'.repeat(filled) + '-'.repeat(WIDTH - filled);
  return `[${bar}] ${String(Math.floor(share * 100)).padStart(3)}%  ${count(done)} of ${count(total)}`;
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
    const line = `${phase.padEnd(20)} ${renderBar(done, total)}  ${details}`;
    this.#out.write(`\r\x1b[2K${line.slice(0, Math.max(20, (this.#out.columns || 80) - 1))}`);
    this.#isDrawn = true;
  }

  /** Leaves the terminal's line free for what comes next. */
  clear(): void {
    if (this.#isDrawn) this.#out.write('\r\x1b[2K');
    this.#isDrawn = false;
  }
}
