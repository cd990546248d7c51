/** Names of the HTTP headers that carry freshness, in the lower case in which Node hands them over. */
export const HEADERS = {
  /** Answer of every command: the position of its last outbox row. */
  outboxPosition: 'x-outbox-position',
  /** Request of a reader: answer with data at or past this position, or say that it is stale. */
  readAfter: 'x-read-after',
  /** Answer of every query: the position that the data is at least as fresh as. */
  readPosition: 'x-read-position',
  /** When the read models last advanced (RFC 3339): what "as of" shows. */
  readTime: 'x-read-time',
  /** `true` when the wait for `x-read-after` ran out and older data was sent. */
  readStale: 'x-read-stale',
  requestId: 'x-request-id',
  idempotencyKey: 'idempotency-key',
} as const;
