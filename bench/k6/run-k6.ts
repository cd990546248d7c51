import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '@eduplatform/local/platform/run';
import type { World } from '../scenarios/lib/world.ts';

export interface K6Options {
  /** Path of k6. */
  k6: string;
  /** Name of a script in `scenarios/`. */
  script: string;
  world: World;
  /** Where files of the run may lie. */
  directory: string;
  /** What the script reads from its environment. */
  env?: Record<string, string>;
}

/** What a run came to. */
export interface K6Result {
  /** Nothing failed, nothing was dropped, and latencies were below the script's ceiling. */
  holds: boolean;
  requests: number;
  requestsPerSecond: number;
  /** Requests that were not answered as they must be. */
  failed: number;
  dropped: number;
  medianMs: number;
  p99Ms: number;
}

type Metrics = Record<string, Record<string, number>>;

/** k6 says so when a threshold was crossed. */
const THRESHOLDS_CROSSED = 99;

/** Runs a k6 script to its end. Throws when it could not be run; that thresholds failed is an answer. */
export async function runK6({ k6, script, world, directory, env = {} }: K6Options): Promise<K6Result> {
  const worldFile = join(directory, 'world.json');
  const summary = join(directory, `k6-${script}.json`);
  await writeFile(worldFile, JSON.stringify(world));
  const file = fileURLToPath(new URL(`../scenarios/${script}.ts`, import.meta.url));
  const { code, output } = await run({
    command: k6,
    args: ['run', '--quiet', '--no-usage-report', '--address', '', file],
    env: { ...env, WORLD: worldFile, SUMMARY: summary },
  });
  if (code !== 0 && code !== THRESHOLDS_CROSSED) throw new Error(`k6 ${script} could not be run:\n${output.trim()}`);
  return resultOf(JSON.parse(await readFile(summary, 'utf8')) as Metrics, code === 0);
}

/** @param holds what k6 says of the thresholds */
export function resultOf(metrics: Metrics, holds: boolean): K6Result {
  const of = (metric: string, value: string): number => metrics[metric]?.[value] ?? 0;
  // Those of readers alone where the script tells them from writers.
  const latency = metrics['http_req_duration{scenario:reads}'] ?? metrics.http_req_duration ?? {};
  return {
    holds,
    requests: of('http_reqs', 'count'),
    requestsPerSecond: of('http_reqs', 'rate'),
    // Every request has one check, which also fails where there was no answer.
    failed: of('checks', 'fails'),
    dropped: of('dropped_iterations', 'count'),
    medianMs: latency.med ?? Number.NaN,
    p99Ms: latency['p(99)'] ?? Number.NaN,
  };
}
