/** Attempts after which a mail is given up: some nine hours. */
const MAX_ATTEMPTS = 12;
const FIRST_SECONDS = 15;
const LONGEST_SECONDS = 2 * 3600;

/** Seconds to wait after the given number of failed attempts; null when there is no sense in another one. */
export function retryAfter(attempts: number, error: unknown): number | null {
  if (attempts >= MAX_ATTEMPTS || isRefusedForGood(error)) return null;
  return Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** (attempts - 1));
}

/** The server refused the address or the message (5xx), which no later attempt changes; a wrong password may be mended. */
function isRefusedForGood(error: unknown): boolean {
  if (!(error instanceof Error) || !('responseCode' in error) || !('code' in error)) return false;
  const { responseCode, code } = error;
  return typeof responseCode === 'number' && responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE');
}
