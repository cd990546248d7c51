/** A usual day: a hundred users who come within ten seconds and stay, for five minutes. */
import { mixed } from './journeys/mixed.ts';
import { number, optionsOf } from './lib/options.ts';

export { handleSummary } from './lib/summary.ts';

const USERS = 100;
const RAMP_SECONDS = 10;
/** A visit takes some nine seconds, most of which are pauses: so that about ninety are there at once. */
const VISITS_PER_SECOND = 10;
const PAUSE_SECONDS = 2;

export const options = optionsOf({
  users: {
    executor: 'ramping-arrival-rate',
    startRate: 0,
    timeUnit: '1s',
    preAllocatedVUs: USERS,
    maxVUs: USERS,
    stages: [
      { target: VISITS_PER_SECOND, duration: `${RAMP_SECONDS}s` },
      { target: VISITS_PER_SECOND, duration: `${number('SECONDS', 300)}s` },
    ],
  },
});

export default (): void => mixed(PAUSE_SECONDS);
