import type { Progress } from './progress.ts';

/** One step of the start. */
export interface Step {
  title: string;
  /** Titles of the steps that must have finished. */
  after: string[];
  /** @returns what to show beside it when it is done. */
  run: (note: (text: string) => void) => Promise<string | undefined>;
}

/**
 * Runs each step as soon as those it needs are done, all that can overlap overlapping. After a failure nothing new begins;
 * `onFailure` is told at once, so that it can cut short what still runs.
 * @throws the first failure, when every step that had begun has ended.
 */
export async function runSteps(
  steps: Step[],
  progress: Progress,
  onFailure: (error: unknown) => void = () => undefined,
): Promise<void> {
  const running = new Map<string, Promise<void>>();
  const failures: unknown[] = [];
  const begin = async (step: Step): Promise<void> => {
    await Promise.all(step.after.map((title) => find(title)));
    if (failures.length > 0) return;
    progress.begin(step.title);
    try {
      const note = await step.run((text) => progress.note(step.title, text));
      progress.finish(step.title, true, note);
    } catch (error) {
      failures.push(error);
      progress.finish(step.title, false);
      onFailure(error);
    }
  };
  const find = (title: string): Promise<void> => {
    const step = steps.find((candidate) => candidate.title === title);
    if (!step) throw new Error(`there is no step "${title}"`);
    const known = running.get(title) ?? begin(step);
    running.set(title, known);
    return known;
  };
  await Promise.all(steps.map((step) => find(step.title)));
  if (failures.length > 0) throw failures[0];
}
