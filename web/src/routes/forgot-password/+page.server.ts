import { looksLikeEmail } from '#lib/server/auth-forms.ts';
import { trimmedField } from '#lib/server/forms/fields.ts';
import { refuse, runForm } from '#lib/server/forms/run.ts';
import type { Actions } from './$types';

const FORM = 'forgot';

export const actions: Actions = {
  /** The write API answers the same, and as fast, for addresses that nobody has; so does this page. */
  async default({ request, locals }) {
    const email = trimmedField(await request.formData(), 'email').slice(0, 255);
    if (!looksLikeEmail(email)) return refuse(locals.requestId, FORM, ['email'], { email });
    const answer = await runForm(locals, {
      form: FORM,
      method: 'POST',
      path: '/v1/auth/password-reset/request',
      body: { email },
      values: { email },
    });
    return 'status' in answer ? answer : { form: FORM, done: true as const, details: { email } };
  },
};
