import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '@eduplatform/local/platform/wait';
import { startReadApi } from './contenders.ts';
import { measure, warmUp } from './measure.ts';
import type { Bench } from './part.ts';
import { flameGraph, type CpuProfile } from './report/flame-graph.ts';
import { catalogRequests, courseRequests, pageRequests } from './requests.ts';

const REQUESTS = { course: courseRequests, catalog: catalogRequests, pages: pageRequests } as const;
export type Profiled = keyof typeof REQUESTS;
export const PROFILES = Object.keys(REQUESTS) as Profiled[];

const CONNECTIONS = 64;
const SECONDS = 5;

/**
 * Profiles the read API, warmed up, while it answers one kind of request. Writes the profile and a flame graph of it into
 * `folder` and answers the graph's path.
 */
export async function profileReadApi(bench: Bench, kind: Profiled, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${kind}.cpuprofile`);
  const variant = { preloads: ['profiled' as const], env: { PROFILE_FILE: file } };
  const contender = await startReadApi(bench.arena, `profiled ${kind}`, variant);
  const asked = { requests: REQUESTS[kind](bench.courses), connections: CONNECTIONS, seconds: SECONDS };
  await warmUp(bench.measuring, contender, asked);
  const toggle = (): void => void process.kill(contender.pid ?? Number.NaN, 'SIGUSR2');
  toggle();
  const { requestsPerSecond } = await measure(bench.measuring, contender, asked);
  toggle();
  await eventually(() => existsSync(file));
  await contender.stop();
  const profile = JSON.parse(await readFile(file, 'utf8')) as CpuProfile;
  const title = `Read API, ${kind}: ${Math.round(requestsPerSecond).toLocaleString('en-US')} requests/s while profiled`;
  const path = join(folder, `flame-${kind}.svg`);
  await writeFile(path, flameGraph(profile, title));
  return path;
}
