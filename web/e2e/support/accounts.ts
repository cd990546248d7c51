import { randomBytes } from 'node:crypto';
import type { Visitor } from './browser.ts';

export interface Account {
  name: string;
  email: string;
  password: string;
}

/** Somebody who has never been here. */
export const newAccount = (name: string): Account => ({
  name,
  email: `${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}-${randomBytes(6).toString('hex')}@example.com`,
  password: 'four words in a row',
});

/** Registers through the form and ends signed in. */
export async function register(visitor: Visitor, { name, email, password }: Account): Promise<void> {
  const { page } = visitor;
  await visitor.open('/register');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Email', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.locator('main form').getByRole('button', { name: 'Create account' }).click();
  await page.getByText(`Account of ${name}`).waitFor();
}
