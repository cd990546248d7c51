/** What Redis says of itself, or of us, and not of a document: it passes, or nothing can be written at all. */
const OF_THE_SERVER =
  /(^|[\s-])(OOM|READONLY|LOADING|BUSY|MISCONF|NOSCRIPT|NOAUTH|NOPERM|WRONGPASS|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|UNKILLABLE|MOVED|ASK|FENCED|REOPEN)\b/;

/** Why Redis refused what a script was given; null when the documents are not to blame. */
export function documentFault(error: unknown): string | null {
  if (error instanceof DocumentTooLargeError) return error.message;
  if (!(error instanceof Error) || error.name !== 'ReplyError') return null;
  return OF_THE_SERVER.test(error.message) ? null : error.message;
}

/** Redis would close the connection on it, and readers would wait while it is sent to one of them. */
class DocumentTooLargeError extends Error {
  constructor(bytes: number, limit: number) {
    super(`it has ${bytes} bytes; ${limit} are allowed`);
    this.name = 'DocumentTooLargeError';
  }
}

/** Throws DocumentTooLargeError. */
export function assertFits(body: string, maxBytes: number): void {
  // A character has three bytes at most.
  if (body.length * 3 <= maxBytes) return;
  const bytes = Buffer.byteLength(body);
  if (bytes > maxBytes) throw new DocumentTooLargeError(bytes, maxBytes);
}
