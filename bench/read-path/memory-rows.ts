import type { Row } from './rows.ts';

/** Megabytes that the processes may take, in the order in which they are watched. */
const CEILINGS = [
  { id: 'read-api', what: 'read API', atMost: 200 },
  { id: 'write-api', what: 'write API', atMost: 200 },
  { id: 'web', what: 'storefront', atMost: 350 },
] as const;

export const memoryRowIds = (prefix: string): string[] => CEILINGS.map(({ id }) => `${prefix}-${id}`);

/** @param peaks bytes of the read API, the write API and the storefront; null where the system does not tell */
export const memoryRows = (
  prefix: string,
  peaks: readonly (number | null)[],
  { during, note }: { during: string; note: string },
): Row[] =>
  CEILINGS.map(({ id, what, atMost }, index) => {
    const peak = peaks[index] ?? null;
    const value = peak === null ? null : peak / 1e6;
    return {
      ...{
        id: `${prefix}-${id}`,
        what: `memory of the ${what} at ${during}`,
        value,
        unit: 'MB',
        target: { atMost },
      },
      note: peak === null ? 'this system does not tell what processes use' : note,
    };
  });
