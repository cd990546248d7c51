import { defineConfig } from 'vitest/config';

const everywhere = ['**/node_modules/**', 'web/build/**', '**/.svelte-kit/**', '.local/**'];
// Runs of their own: browser tests, whole stacks, and what the search engine promises.
const separate = ['web/e2e/**', 'local/test/stack/**', 'local/search-engine/conformance/**'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...everywhere, ...separate, '*/test/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['*/test/**/*.test.ts'],
          exclude: [...everywhere, ...separate],
          globalSetup: ['local/testing/global-setup.ts'],
        },
      },
    ],
  },
});
