/**
 * What was asked for, as short lines: `reason: …`. Values that are no plain text or number are written as JSON, nothing
 * is left out, and nothing runs: it is text that people typed.
 */
export const detailLines = (details: Record<string, unknown>): string[] =>
  Object.entries(details)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
