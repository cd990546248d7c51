import type { Progress } from './progress.ts';

/** One step of the start. */
export interface Step {
  title: string;
  /** Titles of the steps that must have finished. */
  after: string[];
  /** @returns what to show beside it when it is done. */
  run: (note: (text: string) => void) => Promise<string | undefined>;
}

/** Runs each step as soon as those it needs are done, all that can overlap overlapping. @throws the first failure, after which nothing new begins. */
export async function runSteps(steps: Step[], progress: Progress): Promise<void> {
  const running = new Map<string, Promise<void>>();
  let failed = false;
  const begin = async (step: Step): Promise<void> => {
    await Promise.all(step.after.map((title) => find(title)));
    if (failed) return;
    progress.begin(step.title);
    try {
      const note = await step.run((text) => progress.note(step.title, text));
      progress.finish(step.title, true, note);
    } catch (error) {
      failed = true;
      progress.finish(step.title, false);
      throw error;
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
}
