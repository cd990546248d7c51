import { redirect } from '@sveltejs/kit';
import { localizeHref } from '#lib/paraglide/runtime.js';
import { MIN_PASSWORD } from '#lib/server/auth-forms.ts';
import { textField } from '#lib/server/forms/fields.ts';
import { refuse, runForm } from '#lib/server/forms/run.ts';
import { keepAddressSecret } from '#lib/server/secret-address.ts';
import type { Actions, PageServerLoad } from './$types';

const FORM = 'reset';

export const load: PageServerLoad = (event) => {
  keepAddressSecret(event);
  return { hasToken: event.url.searchParams.has('token') };
};

export const actions: Actions = {
  async default({ request, locals, url }) {
    const newPassword = textField(await request.formData(), 'password');
    if (newPassword.length < MIN_PASSWORD) return refuse(locals.requestId, FORM, ['password']);
    const token = url.searchParams.get('token') ?? '';
    const answer = await runForm(locals, {
      form: FORM,
      method: 'POST',
      path: '/v1/auth/password-reset/confirm',
      body: { token, newPassword },
    });
    if ('status' in answer) {
      const { code, fields } = answer.data;
      // A token that was cut by a mail program is refused for its form.
      return code === 'invalid_request' && fields.includes('token')
        ? refuse(locals.requestId, FORM, [], {}, 'invalid_mailed_token')
        : answer;
    }
    // Every session has ended, the one of this browser included.
    locals.session.end();
    redirect(303, localizeHref('/sign-in?reset'));
  },
};
