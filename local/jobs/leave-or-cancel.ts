import { createInterface } from 'node:readline/promises';

export type Wish = 'cancel' | 'leave';

/** What to do with a job that goes on by itself when whoever watches it wants to go: asked in a terminal, else it is left. */
export async function leaveOrCancel(what: string): Promise<Wish> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return 'leave';
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const closed = new AbortController();
  // Another Ctrl-C is no answer, so nothing is canceled.
  lines.once('SIGINT', () => closed.abort());
  try {
    const answer = await lines.question(`\nCancel ${what}? It goes on by itself otherwise. [y/N] `, closed);
    return /^y(es)?$/i.test(answer.trim()) ? 'cancel' : 'leave';
  } catch (error) {
    if (!closed.signal.aborted) throw error;
    return 'leave';
  } finally {
    lines.close();
  }
}
