import { redirect } from '@sveltejs/kit';
import { safeNext } from '#lib/server/safe-next.ts';
import { THEME_COOKIE, toTheme } from '#lib/theme.ts';
import type { Actions, PageServerLoad } from './$types';

const YEAR_SECONDS = 365 * 24 * 3600;

/** There is nothing to see here, only something to set. */
export const load: PageServerLoad = () => redirect(303, '/');

export const actions: Actions = {
  async set({ request, cookies, url }) {
    const form = await request.formData();
    const theme = toTheme(String(form.get('theme') ?? ''));
    const options = { path: '/', sameSite: 'lax', secure: url.protocol === 'https:' } as const;
    if (theme === 'system') cookies.delete(THEME_COOKIE, options);
    else cookies.set(THEME_COOKIE, theme, { ...options, maxAge: YEAR_SECONDS });
    redirect(303, safeNext(String(form.get('next') ?? ''), '/'));
  },
};
