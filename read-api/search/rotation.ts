/** What decides whether a search server is asked. */
export interface Standing {
  /** It answers, and its index is complete. */
  isUp: boolean;
  /** The position that its index has come to; null where nothing is known of it. */
  position: string | null;
  /** Searches under way. */
  outstanding: number;
}

/** Those that are asked: up, and not too far behind the freshest of those that are. */
export function inRotation<S extends Standing>(
  servers: readonly S[],
  maxBehindMs: number,
  behindMs: (server: S, freshest: S) => number,
): S[] {
  const up = servers.filter(({ isUp }) => isUp);
  const freshest = up.reduce<S | null>(
    (best, server) => (best && positionOf(best) >= positionOf(server) ? best : server),
    null,
  );
  return freshest === null
    ? []
    : up.filter((server) => server === freshest || behindMs(server, freshest) <= maxBehindMs);
}

/**
 * The servers of the rotation in the order in which a query tries them: those that have what it asks for before those that
 * have not, the less busy before the busier, and equally busy ones in turn (`turn` counts up with each query).
 */
export function inOrder<S extends Standing>(rotation: readonly S[], after: string | null, turn: number): S[] {
  const rotated = rotation
    .map((_, index) => rotation[(turn + index) % rotation.length])
    .filter((server) => server !== undefined);
  const lacks = (server: S): number => (after !== null && positionOf(server) < after ? 1 : 0);
  return rotated.toSorted((a, b) => lacks(a) - lacks(b) || a.outstanding - b.outstanding);
}

const positionOf = ({ position }: Standing): string => position ?? '';
