import type { FastifyBaseLogger } from 'fastify';
import { storeErrors } from './metrics.ts';
import { RedisSums } from './redis-sums.ts';
import { WindowCounters, type Counted, type Quota, type Untold } from './window-counters.ts';

export interface CountersOptions {
  /** Where processes share their counts; without it each counts for itself. */
  redis?: { url: string; prefix: string };
  logger: FastifyBaseLogger;
  /** Milliseconds between two exchanges with Redis. */
  exchangeMs?: number;
  /** Milliseconds that an exact count waits for Redis. */
  exactMs?: number;
}

const EXCHANGE_MS = 250;
const EXACT_MS = 150;
/** Keys of one exchange: a script holds up everybody else in Redis. */
const MAX_KEYS = 500;
/** Counters that wait to be told; another is told at its next request. */
const MAX_WAITING = 10_000;
/** Only who has used so much of a quota in this process is worth telling the others about. */
const TOLD_FROM = 0.1;

/**
 * Counts that several processes share through Redis. While Redis is away each process goes on with its own counts, which
 * are told when it is back: limits fail open, but never by more than the number of processes.
 */
export class Counters {
  readonly #local = new WindowCounters();
  readonly #sums: RedisSums | undefined;
  readonly #logger: FastifyBaseLogger;
  readonly #exchangeMs: number;
  readonly #exactMs: number;
  readonly #waiting = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #isAway = false;
  #isStopped = false;

  constructor({ redis, logger, exchangeMs = EXCHANGE_MS, exactMs = EXACT_MS }: CountersOptions) {
    this.#sums = redis && new RedisSums({ ...redis, logger });
    this.#logger = logger;
    this.#exchangeMs = exchangeMs;
    this.#exactMs = exactMs;
  }

  /** Begins to connect to Redis; returns at once. */
  start(): void {
    if (this.#sums) this.#sums.start();
    else this.#logger.info('rate limits are counted by this process alone: there is no REDIS_URL');
  }

  /**
   * Counts one more in this process; the sums are exchanged with Redis in the background, so this costs a request
   * nothing. Together, processes overshoot a quota by no more than what arrives between two exchanges, and a tenth of it
   * for each process, below which nothing is told.
   */
  countSoon(key: string, quota: Quota): Counted {
    const counted = this.#local.add(key, quota);
    if (counted.count <= quota.max && counted.count >= quota.max * TOLD_FROM) this.#tellSoon(key);
    return counted;
  }

  /** Counts one more in Redis, for all processes at once; in this process alone when Redis does not answer in time. */
  async count(key: string, quota: Quota): Promise<Counted> {
    const here = this.#local.add(key, quota);
    const untold = this.#local.take(key);
    // Who is refused here, by what this process remembers, may have been given a new start by another one.
    const amount = (untold?.amount ?? 0) + (here.count > quota.max ? 1 : 0);
    const remainingMs = Math.max(1, Math.ceil(here.resetMs));
    const all = await this.#ask((sums) =>
      within(this.#exactMs, sums.addWithin({ key, amount, remainingMs }, quota.max)),
    );
    if (!all) {
      if (untold) this.#local.giveBack(untold);
      return here;
    }
    this.#local.learn(key, { ...all, count: Math.min(all.count, quota.max) });
    return all;
  }

  /** Takes back one that was counted, for all processes. */
  async withdraw(key: string): Promise<void> {
    this.#local.withdraw(key);
    const untold = this.#local.take(key);
    if (untold && !(await this.#ask((sums) => within(this.#exactMs, sums.addAll([untold])))))
      this.#local.giveBack(untold);
  }

  /** Lets a counter start anew, for all processes. */
  async forget(key: string): Promise<void> {
    this.#local.forget(key);
    await this.#ask((sums) => within(this.#exactMs, sums.forget(key)));
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#sums?.stop();
  }

  #tellSoon(key: string): void {
    if (!this.#sums || this.#isStopped || this.#waiting.size >= MAX_WAITING) return;
    this.#waiting.add(key);
    this.#timer ??= setTimeout(() => void this.#exchange(), this.#exchangeMs).unref();
  }

  async #exchange(): Promise<void> {
    const keys = [...this.#waiting].slice(0, MAX_KEYS);
    for (const key of keys) this.#waiting.delete(key);
    const untold = keys.map((key) => this.#local.take(key)).filter((one) => one !== undefined);
    const answers = untold.length > 0 ? await this.#ask((sums) => sums.addAll(untold)) : [];
    this.#timer = undefined;
    untold.forEach((one, index) => this.#settle(one, answers?.[index]));
    // More than one exchange can tell, or what has arrived meanwhile.
    const [next] = this.#waiting;
    if (next !== undefined) this.#tellSoon(next);
  }

  #settle(told: Untold, answer: Counted | undefined): void {
    if (answer) {
      this.#local.learn(told.key, answer);
      return;
    }
    this.#local.giveBack(told);
    this.#tellSoon(told.key);
  }

  /** What Redis answers in time; undefined when it does not, which is counted, and logged once until it answers again. */
  async #ask<T>(call: (sums: RedisSums) => Promise<T>): Promise<T | undefined> {
    if (!this.#sums || this.#isStopped) return undefined;
    try {
      const answer = await call(this.#sums);
      if (this.#isAway) this.#logger.info('rate limits are shared again');
      this.#isAway = false;
      return answer;
    } catch (error) {
      storeErrors.inc();
      if (!this.#isAway) {
        this.#logger.warn({ err: error }, 'Redis does not answer; each process counts rate limits for itself');
      }
      this.#isAway = true;
      return undefined;
    }
  }
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
