import type { Page } from 'playwright-core';
import type { Visitor } from './browser.ts';
import { LOGINS, signIn } from './sign-in.ts';

/** A signed-in teacher whose studio is open. */
export async function openStudio(visitor: Visitor): Promise<void> {
  await signIn(visitor, LOGINS.teacher, '/studio');
  await visitor.page.getByRole('heading', { level: 1, name: 'Your courses' }).waitFor();
}

/** Scripts run and the draft saves itself. */
export const studioReady = (page: Page): Promise<void> => page.locator('[data-hydrated="true"]').waitFor();

/** Everything that was typed is stored. */
export async function saved(page: Page): Promise<void> {
  await page.locator('[data-save="saved"]').waitFor();
}

/** Makes a draft of the visitor's own, with one module and the given lessons; ends at the last lesson. Returns its path. */
export async function createCourse({ page }: Visitor, title: string, lessons: string[]): Promise<string> {
  await page.getByLabel('Course title').fill(title);
  await page.getByRole('button', { name: 'Create draft' }).click();
  await page.waitForURL(/\/studio\/courses\/[0-9a-f-]{36}$/);
  const path = new URL(page.url()).pathname;
  await studioReady(page);
  await page.getByText('Add a module').click();
  await page.getByLabel('Module title').last().fill('First module');
  await page.getByRole('button', { name: 'Add', exact: true }).last().click();
  for (const lesson of lessons) await addLesson(page, lesson);
  return path;
}

export async function addLesson(page: Page, title: string): Promise<void> {
  const module = page.locator('[data-module]').last();
  await module.getByText('Add a lesson').click();
  await module.getByPlaceholder('Lesson title').fill(title);
  await module.getByRole('button', { name: 'Add', exact: true }).click();
  await page.waitForURL(/\/lessons\/[0-9a-f-]{36}$/);
  await outlineTitles(page).filter({ hasText: title }).waitFor();
}

/** Titles of the lessons in the outline, in order. */
export const outlineTitles = (page: Page) => page.locator('[data-lesson] > a > span:first-child');
