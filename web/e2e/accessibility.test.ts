import { describe, expect, it } from 'vitest';
import { seriousViolations } from './support/accessibility.ts';
import { useBrowser } from './support/browser.ts';
import { LOGINS, signIn } from './support/sign-in.ts';
import { studioReady } from './support/studio.ts';

const visit = useBrowser();
const COURSE = 'sourdough-at-home';

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it.each(['/', '/courses?q=bread', `/courses/${COURSE}`, '/sign-in'])('%s keeps nobody out', async (path) => {
    const visitor = await visit({ colorScheme, reducedMotion: 'reduce' });
    await visitor.open(path);
    expect(await seriousViolations(visitor.page)).toEqual([]);
  });

  it('a lesson keeps nobody out', async () => {
    const visitor = await visit({ colorScheme, reducedMotion: 'reduce' });
    const { page } = visitor;
    await visitor.open(`/courses/${COURSE}`);
    await page.locator('main a[href*="/lessons/"]').first().click();
    await page.locator('article .prose').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });

  it('the studio keeps nobody out', async () => {
    const visitor = await visit({ colorScheme, reducedMotion: 'reduce' });
    const { page } = visitor;
    await signIn(visitor, LOGINS.teacher, '/studio');
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Rust ownership without tears' }).click();
    await studioReady(page);
    expect(await seriousViolations(page)).toEqual([]);
    await page.locator('[data-lesson] > a').first().click();
    await page.getByLabel('Text', { exact: true }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Publish…' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });
});
