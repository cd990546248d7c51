import type { Capacity } from './part.ts';
import type { Delays } from './publishing.ts';
import type { Control } from './ratios.ts';
import type { Row } from './rows.ts';
import type { Series } from './rounds.ts';
import type { Curve } from './sweep.ts';

/** Everything that a run has measured: what is kept as result.json, and what the report is made of. */
export interface BenchResult {
  /** Of this file's shape. */
  format: 1;
  /** RFC 3339. */
  startedAt: string;
  /** How long the whole run took. */
  seconds: number;
  machine: string;
  pinning: string;
  /** Of Node, Postgres, Redis and the search engine, and the commit. */
  versions: Record<string, string>;
  settings: { scale: string; rounds: number; seconds: number; courses: number; furtherScales?: string[] };
  /** By part: the same measured twice, one against the other. */
  controls: Record<string, Control>;
  rows: Row[];
  /** By part, every burst. */
  series: Record<string, Series[]>;
  /** By part, throughput against p99. */
  curves: Record<string, Curve[]>;
  /** How long it took until what was published could be read, by what else went on. */
  freshness: Record<string, Delays>;
  capacities: Record<string, Capacity>;
  /** What makes the figures void, in words. */
  wrong: string[];
}
