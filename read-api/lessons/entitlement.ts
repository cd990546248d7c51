import type { LessonGuard } from '@eduplatform/contracts/documents';
import type { AccessTokenClaims } from '@eduplatform/contracts/tokens';

/**
 * Whether somebody may read a lesson's text. Nobody is let in on a guard that cannot be read.
 * @param isEnrolled in the lesson's course, now
 */
export function mayOpen(
  guard: Pick<LessonGuard, 'access' | 'ownerId'> | null,
  user: AccessTokenClaims | null,
  isEnrolled: boolean,
): boolean {
  if (!guard) return false;
  if (guard.access === 'free' || guard.access === 'preview') return true;
  return user !== null && (isEnrolled || user.role === 'admin' || user.sub === guard.ownerId);
}
