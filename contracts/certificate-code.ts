/**
 * Codes by which certificates are verified: symbols of Crockford's base 32 without anything between them. So they are
 * stored and kept as document keys.
 */

const LOOK_ALIKES: Record<string, string> = { O: '0', I: '1', L: '1' };

/** The code that somebody meant who typed it: without regard to case, dashes, spaces and letters that look like digits. */
export const normalizeCertificateCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/[OIL]/g, (letter) => LOOK_ALIKES[letter] ?? letter);
