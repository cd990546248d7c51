import { expect, test } from 'vitest';
import type { Progress } from './progress.ts';
import { runSteps, type Step } from './run-steps.ts';

const silent: Progress = { begin() {}, note() {}, finish() {}, say() {}, close() {} };

function recorder() {
  const order: string[] = [];
  const step = (title: string, after: string[]): Step => ({
    title,
    after,
    run: async () => {
      order.push(title);
      return undefined;
    },
  });
  return { order, step };
}

test('a step runs once, after all that it needs', async () => {
  const { order, step } = recorder();
  await runSteps(
    [step('web', ['api', 'build']), step('api', ['database']), step('build', []), step('database', [])],
    silent,
  );
  expect(order).toHaveLength(4);
  expect(order.indexOf('database')).toBeLessThan(order.indexOf('api'));
  expect(order.at(-1)).toBe('web');
});

test('what needs a failed step never begins, and the failure is told', async () => {
  const { order, step } = recorder();
  const broken: Step = { title: 'database', after: [], run: () => Promise.reject(new Error('no room on disk')) };
  await expect(runSteps([broken, step('api', ['database'])], silent)).rejects.toThrow('no room on disk');
  expect(order).toEqual([]);
});

test('a failure is told at once, and thrown when the steps that had begun have ended', async () => {
  const cut = new AbortController();
  const order: string[] = [];
  const broken: Step = { title: 'database', after: [], run: () => Promise.reject(new Error('no room on disk')) };
  const build: Step = {
    title: 'build',
    after: [],
    run: async () => {
      await new Promise((resolve) => cut.signal.addEventListener('abort', resolve));
      order.push('build has ended');
      return undefined;
    },
  };
  const running = runSteps([build, broken], silent, (error) => {
    order.push('told');
    cut.abort(error);
  });
  await expect(running).rejects.toThrow('no room on disk');
  expect(order).toEqual(['told', 'build has ended']);
});

test('a step that needs an unknown one is an error', async () => {
  const { step } = recorder();
  await expect(runSteps([step('api', ['databse'])], silent)).rejects.toThrow('"databse"');
});
