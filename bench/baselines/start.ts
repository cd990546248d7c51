import { freePort } from '@eduplatform/local/platform/ports';
import { checkReady, nodeProgram } from '@eduplatform/local/supervisor/parts/node-program';
import type { Stack, Started } from '../stack.ts';
import type { BaselineConfig } from './config.ts';
import { baselineUrl, type BaselineKind } from './kinds.ts';

export interface BaselineProcess extends Started {
  url: string;
}

export interface BaselineSettings {
  kind: BaselineKind;
  /** Connection string of the product's database, beside which the baseline's own was filled. */
  sourceUrl: string;
  /** Where the public keys of access tokens are. */
  writeApiUrl: string;
  /** What else `config.ts` knows. */
  settings?: Partial<BaselineConfig>;
}

/** Starts a baseline in a process of its own, on a free port unless told, and waits until it is ready. */
export async function startBaseline(
  stack: Pick<Stack, 'start'>,
  { kind, sourceUrl, writeApiUrl, settings = {} }: BaselineSettings,
): Promise<BaselineProcess> {
  const port = settings.PORT ?? (await freePort());
  const others = Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)]));
  const program = nodeProgram({
    args: [`bench/baselines/${kind}/main.ts`],
    env: {
      ...{ OTEL_EXPORTER_OTLP_ENDPOINT: undefined, ...others },
      ...{ DATABASE_URL: baselineUrl(sourceUrl, kind), WRITE_API_URL: writeApiUrl, PORT: String(port) },
    },
  });
  const url = `http://127.0.0.1:${port}`;
  const started = await stack.start(`Baseline ${kind}`, program, () => checkReady(url));
  return { ...started, url };
}
