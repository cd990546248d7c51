import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { useBrowser } from './support/browser.ts';
import { LOGINS, signIn } from './support/sign-in.ts';
import { saved, studioReady } from './support/studio.ts';

const visit = useBrowser();

/** Both phrases occur in one lesson each and in no title (see seed/content/README.md). */
const FREE = { misspelled: 'просыпли иней на бархт', words: 'просыпали иней на бархат' };
const PAID = { misspelled: 'librarien with a perfct memory', title: 'The borrow checker' };

it('finds the lesson behind a misspelled phrase, and lands on the heading above it', async () => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.open('/ru');
  await page.getByRole('main').getByRole('searchbox').fill(FREE.misspelled);
  await page.getByRole('main').getByRole('searchbox').press('Enter');
  await openFirstLesson(page);
  expect(await page.getByText(FREE.words).count()).toBe(1);
  expect(visitor.errors).toEqual([]);
});

it('takes a renamed lesson from the draft to the page and the search while the teacher watches', async () => {
  const visitor = await visit();
  const { page } = visitor;
  const word = `kestrel${randomBytes(4).toString('hex')}`;
  await signIn(visitor, LOGINS.teacher, `/courses?q=${encodeURIComponent(PAID.misspelled)}`);
  await openFirstLesson(page);
  const lessonUrl = new URL(page.url());
  const lessonId = lessonUrl.pathname.split('/').at(-1) ?? '';
  const oldTitle = await page.getByRole('heading', { level: 1 }).innerText();

  await visitor.open('/studio');
  await page.getByRole('link', { name: 'Rust ownership without tears' }).click();
  await studioReady(page);
  await page.locator(`[data-lesson="${lessonId}"] > a`).click();
  const title = page.locator('form.pane-editor').getByLabel('Lesson title');
  await title.fill(`${PAID.title} ${word}`);
  await saved(page);
  await publish(page);

  await page.getByRole('link', { name: 'View live' }).click();
  await page.waitForURL('**/courses/rust-ownership-without-tears');
  await page.getByRole('heading', { level: 1, name: 'Rust ownership without tears' }).waitFor();
  await page.getByRole('link', { name: word }).first().click();
  await page.getByRole('heading', { level: 1, name: word }).waitFor();
  expect(new URL(page.url()).pathname).toBe(lessonUrl.pathname);

  await page.getByRole('banner').getByRole('searchbox').fill(word);
  await page.getByRole('banner').getByRole('searchbox').press('Enter');
  await page.locator(`a[data-lesson="${lessonId}"]`).filter({ hasText: word }).waitFor();
  expect(visitor.errors).toEqual([]);

  await visitor.open(`/studio/courses/${await courseIdOf(page)}/lessons/${lessonId}`);
  await studioReady(page);
  await title.fill(oldTitle);
  await saved(page);
  await publish(page);
});

/** Opens the first lesson among the results and waits until its heading is on the screen and in the address. */
async function openFirstLesson(page: Page): Promise<void> {
  await page.locator('a[data-lesson][href*="#"]').first().click();
  await page.waitForURL(/\/lessons\/[0-9a-f-]{36}#.+/);
  const anchor = decodeURIComponent(new URL(page.url()).hash.slice(1));
  await page.waitForFunction((id) => {
    const box = document.getElementById(id)?.getBoundingClientRect();
    return box !== undefined && box.top >= 0 && box.bottom <= innerHeight;
  }, anchor);
}

/** Publishes what is saved and watches the three ticks come on in their order. */
async function publish(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Publish…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('[data-changes] li').first().waitFor();
  expect(await dialog.locator('[data-changes] li').count()).toBe(1);
  await dialog.getByRole('button', { name: 'Publish changes' }).click();
  for (const step of ['saved', 'indexed', 'live']) {
    await page.locator(`[data-step="${step}"][data-reached="true"]`).waitFor();
  }
  await page.getByText(/^Live in \d+(\.\d)?\ss$/).waitFor();
}

/** The course that the lesson hit belongs to, by the address of its studio page. */
async function courseIdOf(page: Page): Promise<string> {
  await page.goto('/studio');
  const course = page.locator('[data-course]').filter({ hasText: 'Rust ownership without tears' });
  return (await course.getAttribute('data-course')) ?? '';
}
