import { expect, it } from 'vitest';
import { newAccount, register } from './support/accounts.ts';
import { useBrowser } from './support/browser.ts';
import { linkIn, mailTo } from './support/mail.ts';
import { fillSignIn, signIn } from './support/sign-in.ts';

const visit = useBrowser();

it('resets a forgotten password by the link in the mail, once, and signs every device out', async () => {
  const account = newAccount('Pia Kowalski');
  const elsewhere = await visit();
  await register(elsewhere, account);

  const visitor = await visit();
  const { page } = visitor;
  await visitor.open('/sign-in');
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  // The page before has a field of the same name.
  await page.waitForURL('**/forgot-password');
  await page.getByLabel('Email', { exact: true }).fill(account.email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.getByText(`If there is an account with ${account.email}`).waitFor();

  const link = linkIn(await mailTo(account.email, /reset-password/), '/reset-password');
  await visitor.open(link);
  await page
    .getByLabel(/password/i)
    .first()
    .fill('another four words entirely');
  await page.getByRole('button', { name: 'Save the password' }).click();
  await page.getByText('Your new password is saved.').waitFor();
  await signIn(visitor, { email: account.email, password: 'another four words entirely' }, '/my/courses');

  await visitor.open(link);
  await page
    .getByLabel(/password/i)
    .first()
    .fill('a third password of mine');
  await page.getByRole('button', { name: 'Save the password' }).click();
  await page.getByText('This link no longer works').waitFor();

  const old = await visit();
  await old.open('/sign-in');
  await fillSignIn(old, account);
  await old.page.getByRole('alert').filter({ hasText: 'The email or the password is wrong' }).waitFor();
  expect(visitor.errors).toEqual([]);
});

it('answers alike for an address that nobody has', async () => {
  const visitor = await visit();
  await visitor.open('/forgot-password');
  await visitor.page.getByLabel('Email', { exact: true }).fill('nobody-at-all@example.com');
  await visitor.page.getByRole('button', { name: 'Send the link' }).click();
  await visitor.page.getByText('If there is an account with nobody-at-all@example.com').waitFor();
});
