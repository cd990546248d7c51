/**
 * Codes by which certificates are verified: symbols of Crockford's base 32 in groups of four, as `7Q2M-0XKD-93TB`.
 * So they are stored, printed and kept as document keys.
 */
export const CERTIFICATE_SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const LOOK_ALIKES: Record<string, string> = { O: '0', I: '1', L: '1' };

/** The code that somebody meant who typed it: without regard to case, dashes, spaces and letters that look like digits. */
export function normalizeCertificateCode(typed: string): string {
  const symbols = typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/[OIL]/g, (letter) => LOOK_ALIKES[letter] ?? letter);
  return symbols.match(/.{1,4}/g)?.join('-') ?? '';
}
