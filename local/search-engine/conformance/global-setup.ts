import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startSearchEngine } from '../server.ts';

export interface ServerUnderTest {
  url: string;
  masterKey: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    server: ServerUnderTest;
  }
}

/** Uses the server that MEILI_URL and MEILI_MASTER_KEY name, else starts the embedded engine for the run. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { MEILI_URL, MEILI_MASTER_KEY } = process.env;
  if (MEILI_URL !== undefined && MEILI_URL !== '') {
    if (MEILI_MASTER_KEY === undefined || MEILI_MASTER_KEY === '') {
      throw new Error('MEILI_URL is set: the suite also needs MEILI_MASTER_KEY, because it creates API keys.');
    }
    project.provide('server', { url: MEILI_URL, masterKey: MEILI_MASTER_KEY });
    return async () => undefined;
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'search-conformance-'));
  const masterKey = 'conformance-master-key';
  const engine = await startSearchEngine({ dataDir, host: '127.0.0.1', port: 0, masterKey });
  project.provide('server', { url: engine.url, masterKey });
  return async () => {
    await engine.close();
    await rm(dataDir, { recursive: true, force: true });
  };
}
