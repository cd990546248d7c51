import type { PreviewResult } from './answers.ts';
import type { TargetProblem } from './refusals.svelte.ts';

/** Why a text cannot be shown, which is why it cannot be saved either. */
export const previewProblems = (result: PreviewResult): Omit<TargetProblem, 'target'>[] =>
  result.html === null
    ? result.failure.errors.map((error) => ({ ...error, code: error.code ?? result.failure.code }))
    : [];
