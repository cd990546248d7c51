import type { BenchCourse } from './courses.ts';
import type { Arena } from './contenders.ts';
import type { Measuring } from './measure.ts';
import type { Delays } from './publishing.ts';
import type { Control } from './ratios.ts';
import type { Row } from './rows.ts';
import type { Series } from './rounds.ts';
import type { Curve } from './sweep.ts';

/** What the parts of the benchmark work with. */
export interface Bench {
  arena: Arena;
  measuring: Measuring;
  scale: string;
  /** The most popular first. */
  courses: BenchCourse[];
  rounds: number;
  /** Of one burst. */
  seconds: number;
  warmUpSeconds: number;
  /** Rows that are wanted. */
  wanted: ReadonlySet<string>;
  say: (line: string) => void;
  /** Another step of the whole run is done or begins. */
  step: (name: string) => void;
}

/** What a server can do: how often in a second, and for how many microseconds of CPU each time. */
export interface Capacity {
  perSecond: number;
  cpuUs: number;
}

export interface PartResult {
  rows: Row[];
  series?: Series[];
  /** Throughput against p99. */
  curves?: Curve[];
  /** How long it took until what was published could be read, by what else went on. */
  freshness?: Record<string, Delays>;
  capacities?: Record<string, Capacity>;
  /** The same measured twice, one against the other. */
  control?: Control;
}

export interface Part {
  name: string;
  /** What `--only` calls the rows that it can measure; one name may stand for several. */
  rows: readonly string[];
  /** Takes more than the ten minutes of a default run have for it. */
  isLong?: boolean;
  /** More data makes a difference to what it measures. */
  growsWithData?: boolean;
  /** Steps that it takes, for the progress bar. */
  steps(bench: Pick<Bench, 'rounds' | 'wanted'>): number;
  /** Throws when something is wrong, so that its figures mean nothing. */
  run(bench: Bench): Promise<PartResult>;
}
