import type { FieldProblem } from '@eduplatform/contracts/problems';
import type { CommandFailed } from './answers.ts';
import type { Edit, Target } from './edits.ts';

export type TargetProblem = FieldProblem & { target: Target; code: string };

/** What the server would not save, and why; it is not sent again until it is changed. */
export class Refusals {
  #problems: TargetProblem[] = $state.raw([]);
  #refused: { target: Target; asked: string }[] = [];

  /** Whether exactly these edits were refused. */
  has(target: Target, edits: readonly Edit[]): boolean {
    const asked = JSON.stringify(edits);
    return this.#refused.some((refused) => refused.target === target && refused.asked === asked);
  }

  add(target: Target, edits: readonly Edit[], failure: CommandFailed): void {
    this.drop(target);
    this.#refused.push({ target, asked: JSON.stringify(edits) });
    // A refusal that blames no field is shown at the first that was sent.
    const errors = failure.errors.length > 0 ? failure.errors : [{ path: edits[0]?.field ?? '', message: '' }];
    const own = errors.map((error) => ({ ...error, target, code: error.code ?? failure.code }));
    this.#problems = [...this.#problems, ...own];
  }

  drop(target: Target): void {
    this.#refused = this.#refused.filter((refused) => refused.target !== target);
    this.#problems = this.#problems.filter((problem) => problem.target !== target);
  }

  clear(): void {
    this.#refused = [];
    this.#problems = [];
  }

  isMarked(target: Target): boolean {
    return this.#problems.some((problem) => problem.target === target);
  }

  of(target: Target, field: string): TargetProblem[] {
    return this.#problems.filter((problem) => problem.target === target && problem.path.split('/')[0] === field);
  }
}
