import type { AccessTokenClaims } from '@eduplatform/contracts/tokens';
import { ROLES } from '@eduplatform/contracts/primitives';

/**
 * What an access token says, without checking its signature: enough to greet somebody and to know when to refresh.
 * Nothing is granted by it; the APIs check every token they are sent. Null for anything that is not such a token.
 */
export function readClaims(token: string | undefined): AccessTokenClaims | null {
  const payload = token?.split('.')[1];
  if (!payload) return null;
  let claims: unknown;
  try {
    claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
  return isClaims(claims) ? claims : null;
}

function isClaims(value: unknown): value is AccessTokenClaims {
  if (typeof value !== 'object' || value === null) return false;
  const claims = value as Partial<AccessTokenClaims>;
  return (
    typeof claims.sub === 'string' &&
    typeof claims.name === 'string' &&
    typeof claims.exp === 'number' &&
    ROLES.some((role) => role === claims.role)
  );
}
