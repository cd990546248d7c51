import { ProblemError } from '@eduplatform/http-kit/problem';
import type { Actor } from '../commands/outcome.ts';

/** Throws already_verified unless there is anything to apply for. */
export function assertMayApply(actor: Actor): void {
  if (actor.role === 'admin' || actor.isVerified) throw new ProblemError('already_verified');
}

/** The text and links of an application as they are stored: without white space around, each link once. */
export const tidyApplication = ({ bio, links = [] }: { bio: string; links?: string[] }) => ({
  bio: bio.trim(),
  links: [...new Set(links)],
});
