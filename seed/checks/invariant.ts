/** Something that holds in every database that only the product has written. */
export interface Invariant {
  name: string;
  /** Answers the rows that break it; none. */
  sql: string;
}
