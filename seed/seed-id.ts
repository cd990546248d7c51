import { hash } from 'node:crypto';

/**
 * A UUIDv7 (RFC 9562) that is the same for a name always, so that a demo has the same ids, and covers, everywhere:
 * the time's milliseconds, and in place of the random bits those of SHA-256 of the name.
 */
export function seedId(name: string, at: Date): string {
  const time = at.getTime().toString(16).padStart(12, '0');
  const digest = hash('sha256', name, 'hex');
  const variant = ((Number.parseInt(digest.slice(3, 4), 16) & 0x3) | 0x8).toString(16);
  return [
    time.slice(0, 8),
    time.slice(8),
    `7${digest.slice(0, 3)}`,
    `${variant}${digest.slice(4, 7)}`,
    digest.slice(7, 19),
  ].join('-');
}
