import { HEADERS } from '@eduplatform/contracts/headers';
import { WORD, type DemoCourse } from './demo-course.ts';
import { judge, type Reading, type Verdict } from './judge.ts';

const TIMEOUT_MS = 8_000;
const PAUSE_MS = 40;
const NAMED = 5;

export type Tally = Record<Verdict, number>;

interface Target {
  kind: Reading['kind'];
  path: string;
}

/** Readers who ask all the time, with and without the position of the last edition. */
export class Probe {
  readonly #readApi: string;
  readonly #course: DemoCourse;
  readonly #ending = new AbortController();
  #reading: Promise<unknown> = Promise.resolve();
  #tally: Tally = nothing();
  /** The first wrong answers, in words. */
  readonly wrong: string[] = [];
  /** When search was answered from catalog lists for the first time since `take`. */
  #degradedAt: number | null = null;

  constructor(readApi: string, course: DemoCourse) {
    this.#readApi = readApi;
    this.#course = course;
  }

  start(): void {
    const targets: Target[] = [
      { kind: 'course', path: `/v1/courses/${this.#course.slug}` },
      { kind: 'catalog', path: '/v1/courses?category=craft&sort=newest&limit=100' },
      { kind: 'search', path: `/v1/search?q=${WORD}` },
    ];
    this.#reading = Promise.all(
      targets.flatMap((target) => [this.#keepReading(target, true), this.#keepReading(target, false)]),
    );
  }

  /** What was answered since it was last asked. */
  take(): { tally: Tally; degradedAt: number | null } {
    const taken = { tally: this.#tally, degradedAt: this.#degradedAt };
    this.#tally = nothing();
    this.#degradedAt = null;
    return taken;
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#reading;
  }

  /** Whether each kind of reader now gets the edition (or a later one), with nothing degraded or stale. */
  async isWell(edition: { number: number; position: string }): Promise<boolean> {
    const paths: Target[] = [
      { kind: 'course', path: `/v1/courses/${this.#course.slug}` },
      { kind: 'catalog', path: '/v1/courses?category=craft&sort=newest&limit=100' },
      { kind: 'search', path: `/v1/search?q=${WORD}` },
    ];
    const verdicts = await Promise.all(paths.map(async (target) => judge(await this.#read(target, edition))));
    return verdicts.every((verdict) => verdict === 'right');
  }

  async #keepReading(target: Target, withPosition: boolean): Promise<void> {
    while (!this.#ending.signal.aborted) {
      const reading = await this.#read(target, withPosition ? this.#course.latest : { number: 0, position: '' });
      const verdict = judge(reading);
      this.#tally[verdict] += 1;
      if (verdict === 'degraded') this.#degradedAt ??= performance.now();
      if (verdict === 'wrong' && this.wrong.length < NAMED) this.wrong.push(describe(target, reading));
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  async #read({ kind, path }: Target, { number, position }: { number: number; position: string }): Promise<Reading> {
    try {
      const response = await fetch(this.#readApi + path, {
        headers: position === '' ? {} : { [HEADERS.readAfter]: position },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await response.text();
      const body: unknown = response.status === 200 ? JSON.parse(text) : text.slice(0, 200);
      const isStale = response.headers.get(HEADERS.readStale) === 'true';
      return { kind, status: response.status, body, isStale, wanted: number, highest: this.#course.highest };
    } catch (error) {
      const body = (error as Error).message;
      return { kind, status: 0, body, isStale: false, wanted: number, highest: this.#course.highest };
    }
  }
}

const nothing = (): Tally => ({ right: 0, stale: 0, degraded: 0, unavailable: 0, wrong: 0 });

const describe = ({ path }: Target, { status, body, wanted, highest }: Reading): string =>
  `GET ${path} answered ${status}, with ${wanted} wanted of ${highest}: ${JSON.stringify(body).slice(0, 200)}`;
