export type UnavailableReason = 'building' | 'circuit_open' | 'unreachable' | 'refused';

/** No search server can answer; the catalog lists can. */
export class SearchUnavailableError extends Error {
  readonly reason: UnavailableReason;

  constructor(reason: UnavailableReason, cause?: unknown) {
    super(`the search engine cannot answer: ${reason}`, { cause });
    this.name = 'SearchUnavailableError';
    this.reason = reason;
  }
}
