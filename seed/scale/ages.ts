export const DAY_MS = 86_400_000;

/** The moment that ages count from. It is fixed: with the clock's time the same seed would not make the same rows. */
export const DATA_NOW = Date.UTC(2026, 10, 1);

/** Days before it at which the first course was published. */
export const SPREAD_DAYS = 700;
