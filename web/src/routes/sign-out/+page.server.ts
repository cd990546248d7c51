import { redirect } from '@sveltejs/kit';
import { localizeHref } from '#lib/paraglide/runtime.js';
import { logger } from '#lib/server/logger.ts';
import { ApiError } from '#lib/server/problem.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => redirect(303, localizeHref('/'));

export const actions: Actions = {
  async default({ locals }) {
    const refreshToken = locals.session.refreshToken();
    if (refreshToken) {
      try {
        await locals.api.write('POST', '/v1/auth/logout', { body: { refreshToken } });
      } catch (error) {
        // The cookies go in any case: who signs out must be signed out of this browser.
        if (!(error instanceof ApiError)) throw error;
        logger.warn({ code: error.code, requestId: locals.requestId }, 'the refresh token was not revoked');
      }
    }
    locals.session.end();
    redirect(303, localizeHref('/'));
  },
};
