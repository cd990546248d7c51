import { expect, it } from 'vitest';
import { useBrowser, type Visitor } from './support/browser.ts';
import { fillSignIn, LOGINS } from './support/sign-in.ts';

const visit = useBrowser();
const COURSE = 'rust-ownership-without-tears';

/** Nothing broke on the visitor's pages, and nobody else heard of the visit. */
function expectCleanVisit({ errors, foreignRequests }: Visitor): void {
  expect(errors).toEqual([]);
  expect(foreignRequests).toEqual([]);
}

it('leads from the home page over the catalog to an open lesson and to the lock of a paid one', async () => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.open('/');
  await page.getByRole('main').getByRole('searchbox').fill('rust ownership');
  await page.getByRole('main').getByRole('searchbox').press('Enter');
  await page.waitForURL(/\/courses\?.*q=/);
  await page.locator(`[data-course="${COURSE}"] h2 a`).click();
  await page.waitForURL(`**/courses/${COURSE}`);
  await page.getByRole('main').getByRole('link', { name: 'Who frees this?' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Who frees this?' }).waitFor();
  expect(await page.locator('article .prose p').count()).toBeGreaterThan(3);

  await visitor.open(`/courses/${COURSE}`);
  await page.getByRole('main').getByRole('link', { name: 'When one owner is not enough' }).first().click();
  await page.getByRole('heading', { name: 'This lesson is part of the full course' }).waitFor();
  expect(await page.locator('article .prose').count()).toBe(0);
  expectCleanVisit(visitor);
});

it('filters the catalog by a facet, which is kept in the address and can be taken away again', async () => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.open('/courses');
  await page.locator('[data-hydrated="true"]').waitFor();
  const all = await page.getByRole('main').getByRole('status').innerText();
  // Not check(): the page that the click leads to draws the box anew, and may do so before the state is looked at.
  await page.getByRole('checkbox', { name: /^Cooking/ }).click();
  await page.waitForURL(/category=cooking/);
  await page.waitForFunction((before) => document.querySelector('main [role=status]')?.textContent !== before, all);
  await page.reload();
  expect(await page.getByRole('checkbox', { name: /^Cooking/ }).isChecked()).toBe(true);
  await page.getByRole('link', { name: 'Remove filter: Cooking' }).click();
  await page.waitForURL((url) => !url.search.includes('category'));
  expectCleanVisit(visitor);
});

it('fits a phone, in Russian and in the dark', async () => {
  const visitor = await visit({ viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true });
  const { page } = visitor;
  for (const path of ['/ru', '/ru/courses', '/ru/courses/nochnoe-nebo', '/ru/sign-in']) {
    await visitor.open(path);
    expect(await page.locator('html').getAttribute('lang')).toBe('ru');
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, `${path} is wider than the screen`).toBeLessThanOrEqual(390);
    const [red = 255] = await page.evaluate(() => {
      const context = new OffscreenCanvas(1, 1).getContext('2d');
      if (!context) return [];
      context.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
      context.fillRect(0, 0, 1, 1);
      return [...context.getImageData(0, 0, 1, 1).data];
    });
    expect(red, `${path} is not dark`).toBeLessThan(60);
  }
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toMatch(/[а-яё]/i);
  expectCleanVisit(visitor);
});

it('searches and signs in without JavaScript', async () => {
  const visitor = await visit({ javaScriptEnabled: false });
  const { page } = visitor;
  await visitor.open('/');
  await page.getByRole('main').getByRole('searchbox').fill('sourdoh');
  await page.getByRole('main').getByRole('searchbox').press('Enter');
  await page.locator('[data-course="sourdough-at-home"]').waitFor();

  await visitor.open('/sign-in?next=%2Fstudio');
  await fillSignIn(visitor, LOGINS.teacher);
  await page.waitForURL('**/studio');
  await page.getByRole('heading', { level: 1, name: 'Your courses' }).waitFor();
});
