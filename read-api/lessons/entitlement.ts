import type { LessonGuard } from '@eduplatform/contracts/documents';
import type { AccessTokenClaims } from '@eduplatform/contracts/tokens';

/** Whether somebody may read a lesson's text. Nobody is let in on a guard that cannot be read. */
export function mayOpen(
  guard: Pick<LessonGuard, 'access' | 'ownerId'> | null,
  user: AccessTokenClaims | null,
): boolean {
  if (!guard) return false;
  if (guard.access === 'free' || guard.access === 'preview') return true;
  return user !== null && (user.role === 'admin' || user.sub === guard.ownerId);
}
