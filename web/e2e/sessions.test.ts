import { randomBytes } from 'node:crypto';
import { expect, inject, it, vi } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { fillSignIn, LOGINS, signIn } from './support/sign-in.ts';

const visit = useBrowser();

it('registers somebody, who is then signed in, and signs them out', async () => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.open('/register');
  await page.getByLabel('Name', { exact: true }).fill('Robin Ferreira');
  await page.getByLabel('Email', { exact: true }).fill(`robin-${randomBytes(6).toString('hex')}@example.com`);
  await page.getByLabel('Password', { exact: true }).fill('four words in a row');
  await page.locator('main form').getByRole('button', { name: 'Create account' }).click();
  await page.locator('summary').filter({ hasText: 'Account of Robin Ferreira' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).waitFor();
  expect((await visitor.context.cookies()).filter(({ name }) => /access|refresh/.test(name))).toEqual([]);
  expect(visitor.errors).toEqual([]);
});

it('says that the password is wrong, and keeps the email', async () => {
  const visitor = await visit();
  await visitor.open('/sign-in');
  await fillSignIn(visitor, { ...LOGINS.student, password: 'not this one' });
  await visitor.page.getByRole('alert').filter({ hasText: 'The email or the password is wrong' }).waitFor();
  expect(await visitor.page.getByLabel('Email', { exact: true }).inputValue()).toBe(LOGINS.student.email);
});

it('keeps what was typed before the scripts ran', async () => {
  const visitor = await visit();
  const { page } = visitor;
  const released = Promise.withResolvers<undefined>();
  await page.route('**/_app/**/*.js', async (route) => {
    await released.promise;
    await route.continue();
  });
  await page.goto('/sign-in', { waitUntil: 'commit' });
  const email = page.getByLabel('Email', { exact: true });
  await email.fill(LOGINS.student.email);
  released.resolve(undefined);
  // The button does something only once the scripts run.
  await vi.waitFor(
    async () => {
      await page.getByRole('button', { name: 'Show the password' }).click();
      await page.getByRole('button', { name: 'Hide the password' }).waitFor({ timeout: 500 });
    },
    { timeout: 30_000 },
  );
  expect(await email.inputValue()).toBe(LOGINS.student.email);
});

it.each(['localhost', '127.0.0.1'])(
  'signs in over plain http on %s, with cookies that no script can read',
  async (host) => {
    const url = new URL(inject('baseUrl'));
    url.hostname = host;
    const visitor = await visit({ baseURL: url.origin });
    await signIn(visitor, LOGINS.student);
    await visitor.page.getByText('Account of Sam Rivera').waitFor();

    const cookies = await visitor.context.cookies();
    const tokens = cookies.filter(({ name }) => /access|refresh/.test(name));
    expect(tokens).toHaveLength(2);
    expect(tokens.every(({ httpOnly, sameSite }) => httpOnly && sameSite === 'Lax')).toBe(true);

    const visible = await visitor.page.evaluate(() =>
      [
        document.documentElement.outerHTML,
        document.cookie,
        ...Object.values(localStorage),
        ...Object.values(sessionStorage),
      ].join(),
    );
    for (const { value } of tokens) expect(visible).not.toContain(value);
    expect(visitor.errors).toEqual([]);
    expect(visitor.foreignRequests).toEqual([]);
  },
);

it('returns to the page that asked for the sign-in, and never to another site', async () => {
  const visitor = await visit();
  await visitor.open('/studio?after=');
  await visitor.page.waitForURL(/\/sign-in\?next=/);
  await visitor.open(`/sign-in?next=${encodeURIComponent('//example.com/studio')}`);
  await fillSignIn(visitor, LOGINS.student);
  await visitor.page.getByText('Account of Sam Rivera').waitFor();
  expect(new URL(visitor.page.url()).origin).toBe(new URL(inject('baseUrl')).origin);
});

it('tells a student what the studio is for', async () => {
  const visitor = await visit();
  await signIn(visitor, LOGINS.student, '/studio');
  await visitor.page.getByRole('heading', { level: 1, name: 'The studio is for teachers' }).waitFor();
});
