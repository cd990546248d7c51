/** `first`: SQL as one writes it first; `tuned`: the same, with what is usually done when that is too slow. */
export const BASELINE_KINDS = ['first', 'tuned'] as const;
export type BaselineKind = (typeof BASELINE_KINDS)[number];

/** Longer names are cut by Postgres. */
const MAX_NAME_LENGTH = 63;

/** Connection string of a baseline's database: `<source>_baseline_<kind>`, on the server of the product's database. */
export function baselineUrl(sourceUrl: string, kind: BaselineKind): string {
  const url = new URL(sourceUrl);
  url.pathname = `${url.pathname}_baseline_${kind}`;
  if (databaseName(url.href).length > MAX_NAME_LENGTH) {
    throw new Error(`${databaseName(url.href)} is too long for the name of a database`);
  }
  return url.href;
}

export const databaseName = (url: string): string => decodeURIComponent(new URL(url).pathname.slice(1));
