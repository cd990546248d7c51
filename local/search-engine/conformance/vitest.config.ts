import { defineConfig } from 'vitest/config';

/** What production code asks of the search server: on the embedded engine, or on the one that MEILI_URL names. */
export default defineConfig({
  test: {
    name: 'search engine',
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: ['global-setup.ts'],
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
