import { createHash } from 'node:crypto';

/**
 * A UUIDv7 (RFC 9562) that is the same for a name always, so that a demo has the same ids, and covers, everywhere:
 * the time's milliseconds, and in place of the random bits those of SHA-256 of the name.
 */
export function seedId(name: string, at: Date): string {
  const time = at.getTime().toString(16).padStart(12, '0');
  const hash = createHash('sha256').update(name).digest('hex');
  const variant = ((Number.parseInt(hash.slice(3, 4), 16) & 0x3) | 0x8).toString(16);
  return [
    time.slice(0, 8),
    time.slice(8),
    `7${hash.slice(0, 3)}`,
    `${variant}${hash.slice(4, 7)}`,
    hash.slice(7, 19),
  ].join('-');
}
