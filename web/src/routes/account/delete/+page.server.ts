import { redirect } from '@sveltejs/kit';
import { localizeHref } from '#lib/paraglide/runtime.js';
import { textField } from '#lib/server/forms/fields.ts';
import { refuse, runForm } from '#lib/server/forms/run.ts';
import { viewerOf } from '#lib/server/guards.ts';
import type { Actions, PageServerLoad } from './$types';

const FORM = 'delete';

export const load: PageServerLoad = (event) => {
  viewerOf(event);
};

export const actions: Actions = {
  async default(event) {
    viewerOf(event);
    const { locals, request } = event;
    const password = textField(await request.formData(), 'password');
    if (!password) return refuse(locals.requestId, FORM, ['password']);
    const answer = await runForm(locals, {
      form: FORM,
      method: 'POST',
      path: '/v1/auth/delete-account',
      body: { password },
    });
    if ('status' in answer) return answer;
    locals.session.end();
    redirect(303, localizeHref('/account/deleted'));
  },
};
