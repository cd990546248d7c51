import type { Visitor } from './browser.ts';

/** The demo's logins, as `npm start` prints them. */
export const LOGINS = {
  teacher: { email: 'teacher@eduplatform.com', password: 'demo-password' },
  admin: { email: 'admin@eduplatform.com', password: 'demo-password' },
  student: { email: 'student@eduplatform.com', password: 'demo-password' },
} as const;

/** Signs in through the form and ends at `next`. */
export async function signIn(visitor: Visitor, who: { email: string; password: string }, next = '/'): Promise<void> {
  const { page } = visitor;
  await visitor.open(`/sign-in?next=${encodeURIComponent(next)}`);
  await fillSignIn(visitor, who);
  await page.waitForURL((url) => url.pathname + url.search === next);
}

/** Fills the form of the sign-in page and sends it. */
export async function fillSignIn(
  { page }: Visitor,
  { email, password }: { email: string; password: string },
): Promise<void> {
  await page.getByLabel('Email', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.locator('main form').getByRole('button', { name: 'Sign in' }).click();
}
