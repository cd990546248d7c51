import { expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { newAccount, register } from './support/accounts.ts';
import { useBrowser } from './support/browser.ts';

const visit = useBrowser();

const FREE = '/courses/sourdough-at-home';
const PAID = { path: '/courses/statistics-you-can-use', title: 'Statistics you can use', lessons: 6 };
const DECLINED = '4000 0000 0000 0002';
const GOOD = '4242 4242 4242 4242';

it('takes a new student from registering over a declined card to a certificate and a review', async () => {
  const visitor = await visit();
  const { page } = visitor;
  const student = newAccount('Juno Albrecht');
  await register(visitor, student);

  await visitor.open(FREE);
  await page.getByRole('button', { name: 'Enroll for free' }).click();
  await page.locator('[data-standing="continue"]').waitFor();

  await visitor.open(PAID.path);
  await page.getByRole('link', { name: /^Buy for/ }).click();
  await page.waitForURL(`**${PAID.path}/checkout`);
  await pay(page, DECLINED);
  await page.getByText('The bank declined this card; nothing was charged').waitFor();
  await page.locator('form[data-form="pay"] input[name="number"]:focus').waitFor();
  await pay(page, GOOD);
  await page.getByText('You are enrolled. The course is yours to read.').waitFor();
  expect(new URL(page.url()).pathname).toBe(PAID.path);

  await page.locator('[data-standing="continue"] a').first().click();
  for (let lesson = 1; lesson <= PAID.lessons; lesson += 1) await completeLesson(page, lesson === PAID.lessons);
  await page.locator('[data-completed]').getByRole('link', { name: 'See your certificate' }).click();
  await page.waitForURL('**/certificates/*');
  await page.getByText(student.name).first().waitFor();
  await page.getByText(PAID.title).first().waitFor();
  const certificate = new URL(page.url()).pathname;

  await visitor.open(PAID.path);
  await page.locator('fieldset label').last().click();
  await page.getByLabel('What should others know?').fill('Now I read the small print under every chart.');
  await page.getByRole('button', { name: 'Publish review' }).click();
  await page.getByText('Your review is saved.').waitFor();
  // Who uses a keyboard goes on from here, and not from the top of the page.
  await page.locator('form[data-form="review"] button:focus').waitFor();
  await page.reload();
  await page.locator('#reviews').getByText('Now I read the small print under every chart.').first().waitFor();

  await visitor.open('/my/courses');
  await page.getByRole('link', { name: PAID.title }).first().waitFor();
  await visitor.open('/my/payments');
  await page
    .getByText(/EDU-\d{6}/)
    .first()
    .waitFor();
  await visitor.open('/my/notifications');
  await page.locator('main').getByText(PAID.title).first().waitFor();
  expect(visitor.errors).toEqual([]);

  const stranger = await visit();
  await stranger.open(certificate);
  await stranger.page.getByText(student.name).first().waitFor();
  await stranger.open(PAID.path);
  await stranger.page.locator('#reviews').getByText('Now I read the small print').waitFor();
});

async function pay(page: Page, number: string): Promise<void> {
  const form = page.locator('form[data-form="pay"]');
  await form.getByLabel('Card number').fill(number);
  await form.getByLabel('Expiry date').fill('12/34');
  await form.getByLabel('Security code').fill('123');
  await form.getByRole('button', { name: /^Pay/ }).click();
}

/** Marks the open lesson as done; ends at the next one, or at the end of the course. */
async function completeLesson(page: Page, isLast: boolean): Promise<void> {
  const before = page.url();
  const name = isLast ? 'Complete lesson' : 'Complete and continue';
  await page.getByRole('main').getByRole('button', { name }).click();
  if (isLast) await page.locator('[data-completed]').waitFor();
  else await page.waitForURL((url) => url.href !== before && url.pathname.includes('/lessons/'));
}
