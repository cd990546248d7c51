import { setTimeout as delay } from 'node:timers/promises';
import { HEADERS } from '@eduplatform/contracts/headers';
import type { Acknowledged } from '../writers/course-history.ts';
import { judge, type Reading, type Verdict } from './judge.ts';
import { targetsOf, type Target } from './targets.ts';

const READERS = 8;
const PAUSE_MS = 5;
/** After a 503. */
const REST_MS = 50;
const TIMEOUT_MS = 15_000;
/** Of the last commands, those whose readers are most likely to come too early. */
const NEWEST = 8;
const NAMED = 20;

export type Tally = Record<Verdict, number>;

export interface ReadersOptions {
  /** Addresses of read APIs. */
  apis: readonly string[];
  /** The last acknowledged commands, the newest last. */
  recent: () => readonly Acknowledged[];
  random: () => number;
}

/** Readers who carry the position of a write that was just acknowledged, and sometimes of one from a while ago. */
export class Readers {
  readonly #options: ReadersOptions;
  readonly #ending = new AbortController();
  #reading: Promise<unknown> = Promise.resolve();
  /** Descriptions of the first violations. */
  readonly violations: string[] = [];
  readonly tally: Tally = { right: 0, stale: 0, unavailable: 0, degraded: 0, violation: 0 };

  constructor(options: ReadersOptions) {
    this.#options = options;
  }

  start(): void {
    this.#reading = Promise.all(Array.from({ length: READERS }, () => this.#keepReading()));
  }

  async close(): Promise<void> {
    this.#ending.abort();
    await this.#reading;
  }

  async #keepReading(): Promise<void> {
    while (!this.#ending.signal.aborted) {
      const wanted = this.#choose();
      const verdict = wanted ? await this.#read(wanted) : 'unavailable';
      await delay(verdict === 'unavailable' ? REST_MS : PAUSE_MS);
    }
  }

  #choose(): Acknowledged | undefined {
    const { recent, random } = this.#options;
    const all = recent();
    const from = random() < 0.8 ? Math.max(all.length - NEWEST, 0) : 0;
    return all[from + Math.floor(random() * (all.length - from))];
  }

  async #read(wanted: Acknowledged): Promise<Verdict> {
    const { apis, random } = this.#options;
    const targets = targetsOf(wanted);
    const target = targets[Math.floor(random() * targets.length)];
    const api = apis[Math.floor(random() * apis.length)];
    if (!target || !api) throw new Error('there is nothing to read');
    const reading = await ask(api, target, wanted.position);
    const states = wanted.states();
    const verdict = judge(reading, states, target.asked);
    this.tally[verdict] += 1;
    if (verdict === 'violation' && this.violations.length < NAMED) {
      const told = {
        at: new Date(),
        after: wanted.position,
        ...reading,
        states: states.slice(0, 3),
        of: states.length,
      };
      this.violations.push(`GET ${api}${target.path}: ${JSON.stringify(told)}`);
    }
    return verdict;
  }
}

async function ask(api: string, { path, seen }: Target, position: string): Promise<Reading & { read?: string | null }> {
  try {
    const response = await fetch(api + path, {
      headers: { [HEADERS.readAfter]: position },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    const { status, headers } = response;
    const body = status === 200 ? (JSON.parse(text) as { degraded?: boolean }) : null;
    return {
      ...{ status, isStale: headers.get(HEADERS.readStale) === 'true', isDegraded: body?.degraded === true },
      ...{ seen: body && seen(body), read: headers.get(HEADERS.readPosition) },
    };
  } catch {
    // Without an answer there is no old one; one that never comes is found by the status.
    return { status: 0, isStale: false, isDegraded: false, seen: null };
  }
}
