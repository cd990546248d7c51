import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Page } from 'playwright-core';
import { expect, inject, it } from 'vitest';
import { currentKey, redisNamespace } from '@eduplatform/contracts/redis-keys';
import { seriousViolations } from './support/accessibility.ts';
import { useBrowser } from './support/browser.ts';
import { LOGINS, signIn } from './support/sign-in.ts';
import { saved, studioReady } from './support/studio.ts';

const visit = useBrowser();
const PREFIX = 'edu';
const COURSE = 'Rust ownership without tears';

it.skipIf(inject('redisUrl') === null)(
  'replays a document that Redis had refused, once the reason is gone',
  async () => {
    const redis = new Redis(inject('redisUrl') ?? '');
    try {
      const teaching = await visit();
      const { page } = teaching;
      await signIn(teaching, LOGINS.teacher, '/studio');
      await page.getByRole('link', { name: COURSE }).click();
      await studioReady(page);
      const lesson = page.locator('[data-lesson]').last();
      const id = (await lesson.getAttribute('data-lesson')) ?? '';
      await lesson.locator('> a').click();
      const title = page.locator('form.pane-editor').getByLabel('Lesson title');
      await title.fill(`${await title.inputValue()} ${randomBytes(3).toString('hex')}`);
      await saved(page);
      // What Redis holds under this name is of another type now, so that it refuses the document.
      const generation = Number(await redis.hget(currentKey(PREFIX), 'redisGeneration'));
      const key = `${redisNamespace(PREFIX, generation)}lesson:${id}`;
      await redis.set(key, 'of another type');
      await page.getByRole('link', { name: 'Publish…' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();

      const operating = await visit();
      await signIn(operating, LOGINS.admin, '/admin/indexer');
      const letter = operating.page.locator(`[data-letter="lesson:${id}"]`);
      await letter.waitFor();
      await letter.getByRole('link', { name: 'Why isn’t this live?' }).click();
      await operating.page.locator('[data-step="redis"][data-state="blocked"]').getByText('refused').first().waitFor();

      await redis.del(key);
      await letter.getByRole('button', { name: /^Replay/ }).click();
      await operating.page.getByText('None. Every document was accepted.').waitFor();
      expect(await redis.type(key)).toBe('hash');
      expect(operating.errors).toEqual([]);
    } finally {
      redis.disconnect();
    }
  },
);

it('watches a rebuild from its start to its end', async () => {
  const visitor = await visit();
  const { page } = visitor;
  await signIn(visitor, LOGINS.admin, '/admin/indexer');
  const sink = page.locator('[data-sink="redis"][data-state="live"]');
  await sink.waitFor();
  const before = await generationOf(page);
  await sink.getByText('Rebuild…').click();
  await sink.getByRole('button', { name: /^Rebuild/ }).click();
  await sink.locator('[data-job="reindex"]').getByRole('progressbar').waitFor();
  await page
    .locator('[data-kind="reindex"][data-of="redis"][data-ended="succeeded"]')
    .first()
    .waitFor({ timeout: 60_000 });
  await page
    .locator(`[data-sink="redis"] [data-fact="generation"]`)
    .getByText(`${before + 1}, before it ${before}`)
    .waitFor();
  await sink.getByText('Roll back…').waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  expect(visitor.errors).toEqual([]);
});

it('shows old numbers as old, with their age, and fresh ones again', async () => {
  const visitor = await visit();
  const { page } = visitor;
  await signIn(visitor, LOGINS.admin, '/admin/indexer');
  await page.locator('[data-freshness="fresh"]').waitFor();
  await page.route('**/admin/indexer/live*', (route) => route.abort());
  await page.locator('[data-freshness="old"]').getByText('the indexer does not answer').waitFor();
  await page.unroute('**/admin/indexer/live*');
  await page.locator('[data-freshness="fresh"]').waitFor();
});

it('is for administrators alone', async () => {
  const visitor = await visit();
  await signIn(visitor, LOGINS.teacher, '/studio');
  expect((await visitor.page.goto('/admin/indexer'))?.status()).toBe(403);
  expect((await visitor.page.request.get('/admin/indexer/live')).status()).toBe(403);
});

async function generationOf(page: Page): Promise<number> {
  return Number.parseInt(await page.locator('[data-sink="redis"] [data-fact="generation"]').innerText(), 10);
}
