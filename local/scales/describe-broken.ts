import type { Broken } from '@eduplatform/seed/checks/check';

/** A paragraph for each invariant that does not hold. */
export const describeBroken = (broken: readonly Broken[]): string =>
  broken
    .map(({ name, examples }) => [`does not hold: ${name}`, ...examples.map((row) => `    ${row}`)].join('\n'))
    .join('\n');
