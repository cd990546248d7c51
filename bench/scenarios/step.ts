/** One read path (READ_PATH) at one rate (RATE), while 50 writes a second go on. */
import { constantRate, number, optionsOf } from './lib/options.ts';
import { PATHS, write, type PathName } from './lib/paths.ts';

export { handleSummary } from './lib/summary.ts';

const WRITES_PER_SECOND = 50;
const P99_MS = 200;
const USERS = 400;

const path = PATHS[(__ENV.READ_PATH ?? 'course') as PathName];
const seconds = number('SECONDS', 10);
const { thresholds, ...rest } = optionsOf({
  reads: constantRate({ perSecond: number('RATE', 100), seconds, users: USERS, exec: 'reader' }),
  writes: constantRate({ perSecond: WRITES_PER_SECOND, seconds, users: WRITES_PER_SECOND, exec: 'writer' }),
});

/** The ceiling is one for readers. */
export const options = {
  ...rest,
  thresholds: { ...thresholds, 'http_req_duration{scenario:reads}': [`p(99)<${P99_MS}`] },
};

export function reader(): void {
  path();
}

export const writer = write;
