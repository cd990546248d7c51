/** What the HTTP server reads from the environment; `src/env.ts` holds what the pages read. */
export interface ServerConfig {
  host: string;
  port: number;
  /** Processes that share the port: a number as text, or `auto`, one for each core. */
  workers: string;
  metricsHost: string;
  metricsPort: number;
  /** Believe X-Forwarded-Host and -For; set it only behind a proxy that overwrites the one and appends to the other. */
  trustProxy: boolean;
}

/** Throws an Error that names the variable which is wrong. */
export function readServerConfig(env: NodeJS.ProcessEnv): ServerConfig {
  return {
    host: env['WEB_HOST'] || env['HOST'] || '0.0.0.0',
    port: port('WEB_PORT', env['WEB_PORT'] || env['PORT'] || '3000'),
    workers: env['WEB_CONCURRENCY'] || '1',
    metricsHost: env['METRICS_HOST'] || '127.0.0.1',
    metricsPort: port('WEB_METRICS_PORT', env['WEB_METRICS_PORT'] || '9300'),
    trustProxy: env['WEB_TRUST_PROXY'] === 'true',
  };
}

function port(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 65_535) {
    throw new Error(`${name} must be a port (0 to 65535), not ${JSON.stringify(text)}`);
  }
  return number;
}
