import type { IncomingMessage } from 'node:http';

/** A whole answer to a GET, kept to be sent again as it is. */
export interface KeptAnswer {
  /** The route's pattern, for metrics and traces. */
  route: string;
  /** Whether those who are signed in get the same answer. */
  isForAnyone: boolean;
  etag: string;
  /** Names and values in turn, of 200 and of 304. */
  headers: readonly string[];
  /** Those that an answer with a body has beside them. */
  bodyHeaders: readonly string[];
  /** The bytes as a Latin-1 text: Node writes a header and a text in one go, but not a header and bytes. */
  body: string;
}

/** Where a service keeps whole answers. All of them are of routes of the rate class `read`. */
export interface KeptAnswers {
  /** The answer if there is one, and it is what the route would answer now. */
  find(request: IncomingMessage): KeptAnswer | undefined;
}
