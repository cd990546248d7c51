/** An idle sink tells at least this often how fresh it is. */
export const ANNOUNCE_MS = 1000;
/** A horizon that moved is told no more often than this. */
const HORIZON_MS = 250;
const FIRST_LOOK_MS = 5;
const LAST_LOOK_MS = 100;

/** Whether a sink that found nothing tells readers the horizon, `sinceMs` after it last told them anything. */
export const isAnnouncementDue = (sinceMs: number, hasMoved: boolean, announceMs: number): boolean =>
  sinceMs >= announceMs || (hasMoved && sinceMs >= HORIZON_MS);

export interface Pause {
  pollMs: number;
  announceMs: number;
  /** Since readers were last told anything, in milliseconds. */
  sinceMs: number;
  /** Looks in a row that found only rows which are held back. */
  heldBackLooks: number;
}

/**
 * How long to wait for a wake-up. Rows held back by an older transaction are looked for again soon, and less and less
 * often: that transaction may end without writing to the outbox, and then nobody rings.
 */
export function pauseMs(options: Pause): number {
  const { pollMs, announceMs, sinceMs, heldBackLooks } = options;
  const idle = Math.max(1, Math.min(pollMs, announceMs - sinceMs));
  if (heldBackLooks === 0) return idle;
  return Math.min(idle, FIRST_LOOK_MS * 2 ** (heldBackLooks - 1), LAST_LOOK_MS);
}
