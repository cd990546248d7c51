import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../platform/paths.ts';
import type { PartDefinition } from '../part.ts';
import { logFileOf, type StackContext } from './context.ts';
import { checkReady, nodeProgram } from './node-program.ts';
import { commonEnvironment } from './services.ts';

export const webFolder = join(repositoryRoot, 'web');
export const viteProgram = join(repositoryRoot, 'node_modules', 'vite', 'bin', 'vite.js');

export function defineWeb(context: StackContext): PartDefinition {
  const { config, ports, urls } = context;
  const { host } = config.ports.web;
  const port = String(ports.web);
  const env = {
    ...commonEnvironment(context),
    HOST: host,
    PORT: port,
    WEB_HOST: host,
    WEB_PORT: port,
    READ_API_URL: urls.readApi,
    WRITE_API_URL: urls.writeApi,
    INDEXER_URL: urls.indexer,
    WEB_METRICS_PORT: String(ports.webMetrics),
    OTEL_SERVICE_NAME: 'web',
  };
  return {
    name: 'web',
    title: 'Storefront',
    spec: config.development
      ? nodeProgram({ args: [viteProgram, 'dev', '--host', host, '--port', port, '--strictPort'], env, cwd: webFolder })
      : nodeProgram({ args: [builtServer()], env }),
    check: () => checkReady(urls.web),
    readyWithinMs: 60_000,
    logFile: logFileOf(context, 'web'),
  };
}

/** The storefront's own server where it has one, else the one that the adapter built. */
function builtServer(): string {
  return existsSync(join(webFolder, 'server.mjs')) ? 'web/server.mjs' : 'web/build/index.js';
}
