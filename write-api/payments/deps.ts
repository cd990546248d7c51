import type { Logger } from '@eduplatform/observability/logger';
import type { CommandDeps } from '../commands/run.ts';
import type { PaymentProvider } from './provider.ts';
import type { PaymentTiming } from './timing.ts';

/** What taking and giving back money needs. */
export interface PaymentDeps extends CommandDeps {
  /** Null: no money can be taken; coupons that leave nothing to pay still work. */
  provider: PaymentProvider | null;
  timing: PaymentTiming;
  logger: Pick<Logger, 'info' | 'warn' | 'error'>;
}
