import { requestVerification } from '#lib/server/account/actions.ts';
import { applyAsTeacher } from '#lib/server/account/application.ts';
import { loadMe } from '#lib/server/account/me.ts';
import type { Actions, PageServerLoad } from './$types';

/** Anybody may read how teaching works; who is signed in sees how their application stands. */
export const load: PageServerLoad = async ({ locals }) => ({
  me: locals.session.viewer() ? await loadMe(locals.api) : null,
});

export const actions: Actions = { apply: applyAsTeacher, verification: requestVerification };
