import type { Options, Scenario } from 'k6/options';

/** What fails a run: a request that failed or was answered wrongly, and one that was due and had nobody to send it. */
const FAILURES = {
  http_req_failed: ['rate==0'],
  checks: ['rate==1'],
  dropped_iterations: ['count==0'],
};

export const number = (name: string, fallback: number): number => Number(__ENV[name] ?? fallback);

export interface Rate {
  /** Iterations that begin in a second, whether the earlier ones are done or not. */
  perSecond: number;
  seconds: number;
  /** Virtual users that are made before it begins: as many as iterations are under way at once. */
  users: number;
  /** Exported function of the script. */
  exec?: string;
}

export const constantRate = ({ perSecond, seconds, users, exec }: Rate): Scenario => ({
  executor: 'constant-arrival-rate',
  rate: perSecond,
  timeUnit: '1s',
  duration: `${seconds}s`,
  preAllocatedVUs: users,
  maxVUs: users,
  ...(exec !== undefined && { exec }),
});

/** Options of a script. @param p99Ms ceiling of the latency of all requests */
export const optionsOf = (scenarios: Record<string, Scenario>, p99Ms?: number): Options => ({
  scenarios,
  thresholds: { ...FAILURES, ...(p99Ms !== undefined && { http_req_duration: [`p(99)<${p99Ms}`] }) },
  summaryTrendStats: ['med', 'p(90)', 'p(99)', 'max', 'count'],
  // Connections are kept, as browsers and the storefront do.
  noConnectionReuse: false,
});

/** A journey by itself: RATE a second for SECONDS. */
export const journeyOptions = (perSecond: number): Options =>
  optionsOf({
    journey: constantRate({
      perSecond: number('RATE', perSecond),
      seconds: number('SECONDS', 30),
      users: number('USERS', 100),
    }),
  });
