import type { Scenario } from '../scenario.ts';
import { backlog, poison } from './backlogs.ts';
import { clockJumps } from './clock.ts';
import { killScenarios } from './kills.ts';
import { pauseScenarios } from './pauses.ts';
import { postgresScenarios } from './postgres.ts';
import { underLoad } from './rebuilds.ts';
import { restoredScenarios } from './restored.ts';
import { sinkScenarios } from './sinks.ts';
import { transactionScenarios } from './transactions.ts';

/** Every fault, in the order in which the list plays them: the largest last. */
export const SCENARIOS: readonly Scenario[] = [
  ...killScenarios,
  ...pauseScenarios,
  ...postgresScenarios,
  ...transactionScenarios,
  ...sinkScenarios,
  underLoad,
  clockJumps,
  ...restoredScenarios,
  poison,
  backlog,
];
