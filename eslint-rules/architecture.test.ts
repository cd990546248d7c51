import { describe, expect, it } from 'vitest';
import { forbiddenPaths, MAY_IMPORT, refusal } from './architecture.js';

describe('the dependency rules', () => {
  it('hold for what the workspaces declare today', () => {
    expect(forbiddenPaths()).toEqual([]);
  });

  it('find a ban that is broken through another workspace', () => {
    const dependencies: Record<string, string[]> = { 'http-kit': ['pg'] };
    const paths = forbiddenPaths((workspace: string) => dependencies[workspace] ?? []);
    expect(paths).toEqual(['read-api reaches pg: read-api → http-kit → pg']);
  });

  it('never let one service import another', () => {
    const services = ['write-api', 'read-api', 'indexer', 'web'] as const;
    for (const service of services) {
      expect(MAY_IMPORT[service].filter((name: string) => (services as readonly string[]).includes(name))).toEqual([]);
    }
  });

  it.each([
    ['read-api/courses/queries.ts', 'pg'],
    ['read-api/courses/queries.ts', '@eduplatform/db/pool'],
    ['web/src/routes/+page.server.ts', 'ioredis'],
    ['web/src/routes/+page.server.ts', '@eduplatform/http-kit/server'],
    ['indexer/run.ts', '@eduplatform/write-api/app'],
    ['indexer/run.ts', '../write-api/app.ts'],
    ['contracts/positions.ts', '@eduplatform/db/pool'],
    ['indexer/projections/course.ts', 'node:fs'],
  ])('refuse %s importing %s', (file, source) => {
    expect(refusal(file, source)).toEqual(expect.any(String));
  });

  it.each([
    ['read-api/courses/queries.ts', '@eduplatform/contracts/documents'],
    ['read-api/courses/queries.ts', 'ioredis'],
    ['read-api/courses/queries.ts', '../read-model/redis.ts'],
    ['write-api/courses/commands.ts', '@eduplatform/db/transaction'],
    ['read-api/test/catalog.test.ts', '@eduplatform/local/testing/context'],
  ])('let %s import %s', (file, source) => {
    expect(refusal(file, source)).toBeNull();
  });
});
