import { defineConfig } from 'vitest/config';

/** Whole stacks, one after another: each wants the machine for itself. */
export default defineConfig({
  test: {
    name: 'stack',
    include: ['local/test/stack/**/*.test.ts'],
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
