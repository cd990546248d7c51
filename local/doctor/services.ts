import { identify } from '../platform/process-identity.ts';
import { checkPostgres } from '../servers/postgres.ts';
import { checkRedis } from '../servers/redis.ts';
import { checkSearch } from '../servers/search.ts';
import { checkReady } from '../supervisor/parts/node-program.ts';
import type { ServiceName, Stack, StackService } from '../supervisor/stack-file.ts';
import { note, ok, problem, type Finding } from './finding.ts';

const CHECKS: Record<ServiceName, (url: string) => Promise<unknown>> = {
  postgres: checkPostgres,
  redis: checkRedis,
  search: checkSearch,
  writeApi: checkReady,
  indexer: checkReady,
  readApi: checkReady,
  web: checkReady,
};

/** Asks every service of the running stack, and says how long it took to answer. */
export async function examineServices({ services }: Stack): Promise<Finding[]> {
  const findings: Finding[] = [];
  // One after another: asked all at once, they would wait for each other and the latencies would say nothing.
  for (const name of Object.keys(CHECKS) as ServiceName[]) findings.push(await examineService(name, services[name]));
  return findings;
}

async function examineService(name: ServiceName, service: StackService | undefined): Promise<Finding> {
  if (!service) return note(name, 'not part of this stack');
  const { pid, port, log } = service;
  const running = pid === undefined ? undefined : await identify(pid);
  const startedAt = performance.now();
  try {
    await CHECKS[name](service.url);
  } catch (error) {
    const where = log ? `; see ${log}` : '';
    return problem(name, `${running ? `process ${pid}` : 'no process'}: ${(error as Error).message}${where}`);
  }
  const process = running ? `process ${pid}` : 'not started by this stack';
  return ok(name, `answers in ${(performance.now() - startedAt).toFixed(0)} ms, port ${port}, ${process}`);
}
