import type { LaunchSpec } from '@eduplatform/local/platform/launch';
import { freePort } from '@eduplatform/local/platform/ports';
import { checkReady, nodeProgram } from '@eduplatform/local/supervisor/parts/node-program';
import type { Stack, Started } from '../stack.ts';
import type { BaselineConfig } from './config.ts';
import { baselineUrl, type BaselineKind, type BaselineOwner } from './kinds.ts';

export interface BaselineSettings {
  kind: BaselineKind;
  owner?: BaselineOwner | undefined;
  /** Connection string of the product's database, beside which the baseline's own was filled. */
  sourceUrl: string;
  /** Where the public keys of access tokens are. */
  writeApiUrl: string;
  port: number;
  /** What else `config.ts` knows. */
  settings?: Partial<BaselineConfig>;
}

/** The program of a baseline, which listens on 127.0.0.1. */
export function baselineProgram({
  kind,
  owner,
  sourceUrl,
  writeApiUrl,
  port,
  settings = {},
}: BaselineSettings): LaunchSpec {
  return nodeProgram({
    args: [`bench/baselines/${kind}/main.ts`],
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: undefined,
      ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)])),
      ...{ DATABASE_URL: baselineUrl(sourceUrl, kind, owner), WRITE_API_URL: writeApiUrl, PORT: String(port) },
    },
  });
}

export interface BaselineProcess extends Started {
  url: string;
}

/** Starts a baseline in a process of its own, on a free port unless told, and waits until it is ready. */
export async function startBaseline(
  stack: Pick<Stack, 'start'>,
  { port, ...options }: Omit<BaselineSettings, 'port'> & { port?: number },
): Promise<BaselineProcess> {
  const ownPort = port ?? (await freePort());
  const url = `http://127.0.0.1:${ownPort}`;
  const program = baselineProgram({ ...options, port: ownPort });
  return { ...(await stack.start(`Baseline ${options.kind}`, program, () => checkReady(url))), url };
}
