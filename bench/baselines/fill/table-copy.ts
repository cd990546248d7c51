/** How one table of a baseline is read out of the product's database. */
export interface TableCopy {
  table: string;
  /** What each column of the table is there, in SQL. */
  columns: Record<string, string>;
  /** What stands behind `from`. */
  from: string;
  /** Answers how many rows it will be, for the progress. */
  count: string;
  /** A column of what it is read from; its rows are then read in parts, by the hash of it. */
  splitBy?: string;
}

/** The parts that a table is copied in. They can be copied at the same time. */
export function partsOf(copy: TableCopy): TableCopy[] {
  const { splitBy, from } = copy;
  if (splitBy === undefined) return [copy];
  return Array.from({ length: PARTS }, (_, part) => ({
    ...copy,
    from: `${from} where hashtext(${splitBy}::text) & ${PARTS - 1} = ${part}`,
  }));
}

/** A power of two. */
const PARTS = 8;

/** The statement that gives the rows, in the order of the columns. */
export const selectOf = ({ columns, from }: TableCopy): string =>
  `select ${Object.entries(columns)
    .map(([name, expression]) => `${expression} as ${name}`)
    .join(', ')} from ${from}`;

/** Milliseconds are what the product tells; microseconds would order differently what it takes for equal. */
export const inMilliseconds = (expression: string): string => `date_trunc('milliseconds', ${expression})`;
