import { randomUUID } from 'node:crypto';

/** The id that a proxy gave the request, when it looks like one, or a new one. */
export const requestIdOf = (given: string | null): string =>
  given !== null && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
