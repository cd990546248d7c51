import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { newAccount, register } from './support/accounts.ts';
import { useBrowser } from './support/browser.ts';
import { signIn } from './support/sign-in.ts';
import { createCourse, saved, studioReady } from './support/studio.ts';

const visit = useBrowser();
const ADMIN = { email: 'admin@eduplatform.com', password: 'demo-password' };

it('takes somebody from applying as a teacher over verification to a published course with students and revenue', async () => {
  const word = randomBytes(4).toString('hex');
  const teacher = newAccount('Mira Lindqvist');
  const teaching = await visit();
  await register(teaching, teacher);
  await teaching.open('/teach');
  await teaching.page.getByLabel('Who you are and what you want to teach').fill('I mend violins and would show how.');
  await teaching.page.getByLabel('Link 1').fill('https://example.com/violins');
  await teaching.page.getByRole('button', { name: 'Apply', exact: true }).click();
  await teaching.page.getByText('Your application is with us').waitFor();

  await teaching.page.getByRole('link', { name: 'Open the studio' }).click();
  const title = `Violins ${word}`;
  const path = await createCourse(teaching, title, ['The bridge']);
  await writeCourse(teaching.page, path);
  await teaching.page.getByRole('link', { name: 'Publish…' }).click();
  await teaching.page.getByRole('dialog').getByText('Only verified teachers publish').waitFor();

  const admin = await visit();
  await signIn(admin, ADMIN, '/admin/teachers');
  const row = admin.page.locator(`[data-teacher="${teacher.email}"]`);
  await row.getByText('I mend violins').waitFor();
  await row.getByRole('button', { name: /^Verify/ }).click();
  await admin.page.getByRole('status').filter({ hasText: teacher.name }).waitFor();

  await teaching.open(path);
  await studioReady(teaching.page);
  await teaching.page.getByRole('link', { name: 'Publish…' }).click();
  await teaching.page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await teaching.page.locator('[data-step="live"][data-reached="true"]').waitFor();
  await teaching.page.getByRole('link', { name: 'View live' }).click();
  await teaching.page.waitForURL(({ pathname }) => pathname.startsWith('/courses/'));
  const course = new URL(teaching.page.url()).pathname;

  const student = await visit();
  await register(student, newAccount('Ole Brandt'));
  await student.open(`${course}/checkout`);
  const form = student.page.locator('form[data-form="pay"]');
  await form.getByLabel('Card number').fill('4242 4242 4242 4242');
  await form.getByLabel('Expiry date').fill('12/34');
  await form.getByLabel('Security code').fill('123');
  await form.getByRole('button', { name: /^Pay/ }).click();
  await student.page.getByText('You are enrolled.').waitFor();

  await teaching.open('/studio');
  const summary = teaching.page.locator('[data-course]').filter({ hasText: title });
  await summary.getByText('1 student').waitFor();
  await summary.getByText(/earned \$19(\.00)?/).waitFor();
  for (const { errors } of [teaching, admin, student]) expect(errors).toEqual([]);
});

/** Everything that publishing asks for, at a price of 19 dollars. */
async function writeCourse(page: Page, path: string): Promise<void> {
  await page.getByLabel('Text', { exact: true }).fill('## Why\n\nIt carries the strings.');
  await saved(page);
  await page.goto(path);
  await studioReady(page);
  await page.getByLabel('Description').fill('How a violin is put together, and how it comes apart.');
  await page.getByLabel('Price', { exact: true }).fill('19');
  await saved(page);
}
