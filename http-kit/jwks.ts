import type { PublicJwk } from '@eduplatform/contracts/tokens';
import type { Logger } from '@eduplatform/observability/logger';

/** Where a token's public key is found by its `kid`. */
export interface KeySource {
  /** The key, or undefined when there is none of that name. Throws KeysUnavailableError while no key is known at all. */
  find(kid: string): Promise<PublicJwk | undefined>;
}

/** The public keys could not be fetched yet, so nothing can be said of any token. */
export class KeysUnavailableError extends Error {
  override name = 'KeysUnavailableError';
}

export const localJwks = (keys: () => PublicJwk[]): KeySource => ({
  find: async (kid) => keys().find((key) => key.kid === kid),
});

const FETCH_TIMEOUT_MS = 2000;
/** An unknown kid asks the write API at most this often, so that forged tokens cannot make us hammer it. */
const COOLDOWN_MS = 5000;
/** As long as there is no key at all, everybody who signed in waits for the first. */
const FIRST_COOLDOWN_MS = 500;
const MAX_AGE_MS = 10 * 60_000;

/**
 * Public keys of the write API, fetched when first needed and kept: when the write API is away, the last set goes on
 * serving, so reading never depends on it.
 */
export function remoteJwks({
  url,
  logger,
  now = Date.now,
}: {
  url: string;
  logger: Logger;
  now?: () => number;
}): KeySource {
  let keys: PublicJwk[] = [];
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let flight: Promise<void> | undefined;

  const fetchKeys = async (): Promise<void> => {
    triedAt = now();
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
      if (!response.ok) throw new Error(`${url} answered ${response.status}`);
      keys = ((await response.json()) as { keys: PublicJwk[] }).keys;
      fetchedAt = now();
    } catch (error) {
      logger.warn({ err: error, kept: keys.length }, 'the public keys could not be fetched; the last ones are kept');
    }
  };
  const refresh = (): Promise<void> =>
    (flight ??= fetchKeys().finally(() => {
      flight = undefined;
    }));

  return {
    async find(kid) {
      const known = keys.find((key) => key.kid === kid);
      if (known && now() - fetchedAt < MAX_AGE_MS) return known;
      if (flight || now() - triedAt >= (keys.length > 0 ? COOLDOWN_MS : FIRST_COOLDOWN_MS)) {
        // A known key is used at once; only an unknown one has to wait for the answer.
        const refreshed = refresh();
        if (!known) await refreshed;
      }
      if (keys.length === 0) throw new KeysUnavailableError(`the public keys at ${url} could not be fetched`);
      return keys.find((key) => key.kid === kid);
    },
  };
}
