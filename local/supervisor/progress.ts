import type { WriteStream } from 'node:tty';

type State = 'waiting' | 'running' | 'done' | 'failed';

interface Row {
  title: string;
  state: State;
  note: string;
  startedAt: number;
  endedAt: number;
}

/** One line for each step of the start: a live block on a terminal, plain lines elsewhere. */
export interface Progress {
  begin(title: string): void;
  note(title: string, note: string): void;
  finish(title: string, ok: boolean, note?: string): void;
  /** A line that stays, above the block. */
  say(line: string): void;
  close(): void;
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 100;
const REMINDER_MS = 10_000;

export function createProgress(titles: string[], out: WriteStream): Progress {
  const rows = new Map<string, Row>(
    titles.map((title) => [title, { title, state: 'waiting', note: '', startedAt: 0, endedAt: 0 }]),
  );
  const view = out.isTTY ? liveView([...rows.values()], out) : plainView([...rows.values()], out);
  const change = (title: string, values: Partial<Row>) => {
    const row = rows.get(title);
    if (!row) return;
    Object.assign(row, values);
    view.changed(row);
  };
  return {
    begin: (title) => change(title, { state: 'running', startedAt: performance.now() }),
    note: (title, note) => change(title, { note }),
    finish: (title, ok, note) =>
      change(title, { state: ok ? 'done' : 'failed', endedAt: performance.now(), ...(note ? { note } : {}) }),
    say: view.say,
    close: view.close,
  };
}

interface View {
  changed(row: Row): void;
  say(line: string): void;
  close(): void;
}

function plainView(rows: Row[], out: WriteStream): View {
  const remind = () => {
    for (const row of rows.filter(({ state }) => state === 'running')) out.write(`  … ${describe(row)}\n`);
  };
  const timer = setInterval(remind, REMINDER_MS);
  return {
    changed(row) {
      if (row.state === 'done' || row.state === 'failed') out.write(`  ${mark(row, 0)} ${describe(row)}\n`);
    },
    say: (line) => void out.write(`${line}\n`),
    close: () => clearInterval(timer),
  };
}

function liveView(rows: Row[], out: WriteStream): View {
  let drawn = 0;
  let frame = 0;
  const erase = () => {
    if (drawn > 0) out.write(`\x1b[${drawn}A\x1b[0J`);
    drawn = 0;
  };
  const draw = () => {
    erase();
    const width = Math.max(20, (out.columns || 80) - 1);
    const lines = rows.map((row) => `  ${mark(row, frame)} ${describe(row)}`.slice(0, width));
    out.write(`${lines.join('\n')}\n`);
    drawn = lines.length;
  };
  draw();
  const timer = setInterval(() => {
    frame += 1;
    draw();
  }, FRAME_MS);
  let closed = false;
  return {
    changed: () => undefined,
    say(line) {
      if (!closed) erase();
      out.write(`${line}\n`);
      if (!closed) draw();
    },
    close() {
      if (closed) return;
      clearInterval(timer);
      draw();
      closed = true;
    },
  };
}

function mark({ state }: Row, frame: number): string {
  if (state === 'running') return FRAMES[frame % FRAMES.length] ?? '';
  return { waiting: '·', done: '✓', failed: '✗' }[state];
}

function describe({ title, state, note, startedAt, endedAt }: Row): string {
  const seconds = ((state === 'running' ? performance.now() : endedAt) - startedAt) / 1000;
  const elapsed = state === 'waiting' ? '' : `${seconds.toFixed(1)} s`;
  return [title.padEnd(20), elapsed.padStart(7), note].join('  ').trimEnd();
}
