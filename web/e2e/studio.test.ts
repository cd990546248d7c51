import { expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { addLesson, createCourse, openStudio, outlineTitles, saved, studioReady } from './support/studio.ts';

const visit = useBrowser();

it('keeps the text of a conflict between two tabs and says what to do', async () => {
  const visitor = await visit();
  const { page: first, context } = visitor;
  await openStudio(visitor);
  await createCourse(visitor, 'Two tabs, one text', ['Contested']);
  const second = await context.newPage();
  await second.goto(first.url());
  await studioReady(second);

  await second.getByLabel('Text', { exact: true }).fill('Words of the second tab.');
  await saved(second);
  await first.getByLabel('Text', { exact: true }).fill('Words of the first tab.');
  const conflict = first.locator('[data-conflict]');
  await conflict.getByText('Your text is still in the editor').waitFor();
  await conflict.getByText('See the other version').click();
  await conflict.getByText('Words of the second tab.').waitFor();
  expect(await first.getByLabel('Text', { exact: true }).inputValue()).toBe('Words of the first tab.');

  await conflict.getByRole('button', { name: 'Save my version' }).click();
  await saved(first);
  await second.reload();
  expect(await second.getByLabel('Text', { exact: true }).inputValue()).toBe('Words of the first tab.');
  expect(visitor.errors).toEqual([]);
});

it('brings together edits of different fields from two tabs without a question', async () => {
  const visitor = await visit();
  const { page: first, context } = visitor;
  await openStudio(visitor);
  await createCourse(visitor, 'Two tabs, two fields', ['Shared']);
  const second = await context.newPage();
  await second.goto(first.url());
  await studioReady(second);
  await second.locator('form.pane-editor').getByLabel('Lesson title').fill('Shared, renamed');
  await saved(second);
  await first.getByLabel('Text', { exact: true }).fill('Written at the same time.');
  await saved(first);
  await first.waitForFunction(
    () => document.querySelector<HTMLInputElement>('form.pane-editor [name=title]')?.value === 'Shared, renamed',
  );
  expect(await first.getByLabel('Text', { exact: true }).inputValue()).toBe('Written at the same time.');
});

it('moves a lesson with the keyboard alone', async () => {
  const visitor = await visit();
  const { page } = visitor;
  await openStudio(visitor);
  await createCourse(visitor, 'Order by keyboard', ['Alpha', 'Beta', 'Gamma']);
  expect(await outlineTitles(page).allInnerTexts()).toEqual(['Alpha', 'Beta', 'Gamma']);

  await page.getByLabel('Actions for “Gamma”').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('“Gamma” is now lesson 2 of 3 in “First module”').waitFor({ state: 'attached' });
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Move up');
  await page.keyboard.press('Enter');
  await page.getByText('“Gamma” is now lesson 1 of 3 in “First module”').waitFor({ state: 'attached' });
  await saved(page);
  await page.reload();
  await studioReady(page);
  expect(await outlineTitles(page).allInnerTexts()).toEqual(['Gamma', 'Alpha', 'Beta']);
});

it('refuses a script in a lesson at its field and line, and saves once it is gone', async () => {
  const visitor = await visit();
  const { page } = visitor;
  await openStudio(visitor);
  await createCourse(visitor, 'No scripts', ['Unsafe']);
  const text = page.getByLabel('Text', { exact: true });
  await text.fill('A line.\n\n<script>alert(1)</script>');
  await page.locator('[data-save="refused"]').waitFor();
  await page.getByText(/^Line 3: HTML is not allowed/).waitFor();
  expect(await text.getAttribute('aria-invalid')).toBe('true');
  await text.fill('A line.');
  await saved(page);
  expect(await text.getAttribute('aria-invalid')).toBe('false');
  expect(visitor.errors).toEqual([]);
});

it('keeps what is typed while the server is out of reach, and saves it when it is back', async () => {
  const visitor = await visit();
  const { page, context } = visitor;
  await openStudio(visitor);
  await createCourse(visitor, 'No network', ['Far away']);
  await saved(page);
  await context.setOffline(true);
  await page.getByLabel('Text', { exact: true }).fill('Written on a train.');
  await page.locator('[data-save="offline"]').waitFor();
  await page.getByRole('alert').filter({ hasText: 'Your text is kept in this browser' }).waitFor();
  await context.setOffline(false);
  await saved(page);
  await page.reload();
  expect(await page.getByLabel('Text', { exact: true }).inputValue()).toBe('Written on a train.');
});

it('deletes a lesson only after asking, and the whole course likewise', async () => {
  const visitor = await visit();
  const { page } = visitor;
  await openStudio(visitor);
  const path = await createCourse(visitor, 'To be deleted', ['Keep', 'Drop']);
  await page.getByLabel('Actions for “Drop”').click();
  await page.getByRole('link', { name: 'Delete lesson…' }).and(page.locator(':visible')).click();
  await page.getByRole('dialog').getByRole('link', { name: 'Cancel' }).click();
  expect(await outlineTitles(page).allInnerTexts()).toEqual(['Keep', 'Drop']);
  await page.getByLabel('Actions for “Drop”').click();
  await page.getByRole('link', { name: 'Delete lesson…' }).and(page.locator(':visible')).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete lesson' }).click();
  await outlineTitles(page).filter({ hasText: 'Drop' }).waitFor({ state: 'detached' });
  expect(await outlineTitles(page).allInnerTexts()).toEqual(['Keep']);

  await visitor.open(`${path}?delete=course`);
  await studioReady(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Delete course' }).click();
  await page.getByRole('heading', { level: 1, name: 'Your courses' }).waitFor();
  expect(await page.locator(`a[href="${path}"]`).count()).toBe(0);
});

it('publishes a first course and takes it off again, each watched to its end', async () => {
  const visitor = await visit();
  const { page } = visitor;
  await openStudio(visitor);
  const path = await createCourse(visitor, 'Seen and unseen', ['Only']);
  await page.getByLabel('Text', { exact: true }).fill('Enough to publish.');
  await page.getByRole('link', { name: 'About the course' }).click();
  await page.getByLabel('Description', { exact: true }).fill('What it is about.');
  await page.getByRole('link', { name: 'Publish…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish course' }).click();
  await page.getByText(/^Live in \d+(\.\d)?\ss$/).waitFor();
  await visitor.open(`${path}?unpublish`);
  await studioReady(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Unpublish' }).click();
  await page.getByText(/^Hidden in \d+(\.\d)?\ss$/).waitFor();
});

it('saves a lesson without JavaScript, and shows a refusal with what was typed', async () => {
  const scripted = await visit();
  await openStudio(scripted);
  await createCourse(scripted, 'Plain forms', []);
  await addLesson(scripted.page, 'By hand');
  const { cookies } = await scripted.context.storageState();

  const visitor = await visit({ javaScriptEnabled: false, storageState: { cookies, origins: [] } });
  const { page } = visitor;
  await visitor.open(new URL(scripted.page.url()).pathname);
  await page.getByLabel('Text', { exact: true }).fill('Saved by a form.');
  await page.getByRole('button', { name: 'Save draft' }).click();
  await page.locator('.prose').getByText('Saved by a form.').waitFor();
  await page.getByLabel('Text', { exact: true }).fill('<b>no</b>');
  await page.getByRole('button', { name: 'Save draft' }).click();
  await page.getByText(/^Line 1: HTML is not allowed/).waitFor();
  expect(await page.getByLabel('Text', { exact: true }).inputValue()).toBe('<b>no</b>');
});
