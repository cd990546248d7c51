import type { Counters } from '@eduplatform/http-kit/rate-limits/counters';
import { networkOf } from '@eduplatform/http-kit/rate-limits/network';
import { AttemptLimits } from './attempt-limits.ts';

/** Who tries a password: of which account, and from where. */
export interface SignInAttempt {
  email: string;
  /** The address that the request comes from. */
  address: string;
}

const WINDOW_MS = 15 * 60_000;
/** From one network: what a person mistypes. */
const MAX_FROM_ONE_NETWORK = 10;
/** From all networks: whoever guesses from many of them is held back, and then the owner with them. */
const MAX_IN_ALL = 100;

/**
 * Counts wrong passwords by account, known or not: few from one network, so that a stranger does not lock out an owner who
 * is elsewhere, and more in all.
 */
export class SignInLimits {
  readonly #here: AttemptLimits;
  readonly #inAll: AttemptLimits;

  constructor(counters: Counters) {
    this.#here = new AttemptLimits(counters, 'login-here', { max: MAX_FROM_ONE_NETWORK, windowMs: WINDOW_MS });
    this.#inAll = new AttemptLimits(counters, 'login', { max: MAX_IN_ALL, windowMs: WINDOW_MS });
  }

  /** Seconds until the account may be tried again from there; 0 means now, and the attempt is counted. */
  async attempt({ email, address }: SignInAttempt): Promise<number> {
    const network = networkOf(address);
    // What is refused here counts for nobody elsewhere.
    const wait = await this.#here.attempt(email, network);
    if (wait > 0) return wait;
    const waitInAll = await this.#inAll.attempt(email);
    if (waitInAll > 0) await this.#here.withdraw(email, network);
    return waitInAll;
  }

  /** The password was right: nobody has failed from there. What others failed at stays counted. */
  async succeeded({ email, address }: SignInAttempt): Promise<void> {
    await Promise.all([this.#here.succeeded(email, networkOf(address)), this.#inAll.withdraw(email)]);
  }

  /** An attempt that could not be judged counts for nothing. */
  async withdraw({ email, address }: SignInAttempt): Promise<void> {
    await Promise.all([this.#here.withdraw(email, networkOf(address)), this.#inAll.withdraw(email)]);
  }

  /** The account has another password: what was tried before says nothing of it. */
  async forget({ email, address }: SignInAttempt): Promise<void> {
    await Promise.all([this.#here.succeeded(email, networkOf(address)), this.#inAll.succeeded(email)]);
  }
}
