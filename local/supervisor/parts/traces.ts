import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isPortFree } from '../../platform/ports.ts';
import { which } from '../../platform/which.ts';
import type { PartDefinition } from '../part.ts';
import { logFileOf, type StackContext } from './context.ts';
import { guarded } from './node-program.ts';

const JAEGER_OTLP = 4318;
const JAEGER_UI = 16_686;

export const jaegerUi = `http://127.0.0.1:${JAEGER_UI}`;

/** Jaeger's OTLP endpoint, when it is on PATH and its ports are free. */
export async function jaegerEndpoint(): Promise<string | undefined> {
  const free = which('jaeger') && (await isPortFree(JAEGER_OTLP)) && (await isPortFree(JAEGER_UI));
  return free ? `http://127.0.0.1:${JAEGER_OTLP}` : undefined;
}

/** Whether the traces of this stack go to a Jaeger that it starts itself. */
export function usesJaeger({ config, urls }: StackContext): boolean {
  return !config.own.otlpEndpoint && urls.traces === `http://127.0.0.1:${JAEGER_OTLP}` && Boolean(which('jaeger'));
}

export function defineTraces(context: StackContext): PartDefinition {
  const common = { name: 'traces', title: 'Traces', readyWithinMs: 30_000, logFile: logFileOf(context, 'traces') };
  if (usesJaeger(context)) {
    const spec = { command: which('jaeger') ?? 'jaeger', args: [], ownGroup: true };
    return { ...common, spec, check: () => checkHttp(jaegerUi) };
  }
  const main = fileURLToPath(new URL('../../traces/main.ts', import.meta.url));
  const env = {
    TRACES_PORT: String(context.ports.traces),
    TRACES_DIRECTORY: join(context.config.stateDirectory, 'traces'),
  };
  const spec = guarded({ command: process.execPath, args: [main], env, ipc: true, ownGroup: true });
  return { ...common, spec, check: () => checkHttp(`${context.urls.traces}/livez`) };
}

async function checkHttp(url: string): Promise<true> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`GET ${url} answered ${response.status}`);
  return true;
}
