/** `first`: SQL as one writes it first; `tuned`: the same, with what is usually done when that is too slow. */
export const BASELINE_KINDS = ['first', 'tuned'] as const;
export type BaselineKind = (typeof BASELINE_KINDS)[number];

/** Longer names are cut by Postgres. */
const MAX_NAME_LENGTH = 63;

/**
 * Whose databases: those called `baseline` are kept for the next time, those of `compare` are removed by the command that made
 * them, which may run beside the others.
 */
export type BaselineOwner = 'baseline' | 'compare';

/** Connection string of a baseline's database: `<source>_<owner>_<kind>`, on the server of the product's database. */
export function baselineUrl(sourceUrl: string, kind: BaselineKind, owner: BaselineOwner = 'baseline'): string {
  const url = new URL(sourceUrl);
  url.pathname = `${url.pathname}_${owner}_${kind}`;
  if (databaseName(url.href).length > MAX_NAME_LENGTH) {
    throw new Error(`${databaseName(url.href)} is too long for the name of a database`);
  }
  return url.href;
}

export const databaseName = (url: string): string => decodeURIComponent(new URL(url).pathname.slice(1));
