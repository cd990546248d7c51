import { configDefaults, defineConfig } from 'vitest/config';
import { isLong } from '../../testing/scale.ts';

/** Whole stacks, one after another: each wants the machine for itself. */
export default defineConfig({
  test: {
    name: 'stack',
    include: ['local/test/stack/**/*.test.ts'],
    // The demo takes minutes: `npm run test:long`.
    exclude: [...configDefaults.exclude, ...(isLong ? [] : ['local/test/stack/demo.test.ts'])],
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
