import type { Session } from '@eduplatform/contracts/http/auth';
import { redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getLocale, localizeHref } from '#lib/paraglide/runtime.js';
import { failFromApi, failWith, looksLikeEmail, MIN_PASSWORD, readAuthForm } from '#lib/server/auth-forms.ts';
import { safeNext } from '#lib/server/safe-next.ts';
import type { Actions, PageServerLoad } from './$types';

const nextOf = (url: URL): string => safeNext(url.searchParams.get('next'), localizeHref('/'));

export const load: PageServerLoad = ({ locals, url }) => {
  if (locals.session.viewer()) redirect(303, nextOf(url));
};

export const actions: Actions = {
  async default({ request, locals, url }) {
    const values = await readAuthForm(request);
    const errors = {
      ...(!values.name && { name: m.error_name_missing() }),
      ...(!looksLikeEmail(values.email) && { email: m.error_email_invalid() }),
      ...(values.password.length < MIN_PASSWORD && { password: m.error_password_short() }),
    };
    if (Object.keys(errors).length > 0) return failWith(400, values, { errors });
    try {
      const { data } = await locals.api.write<Session>('POST', '/v1/auth/register', {
        body: { ...values, language: getLocale() },
      });
      locals.session.start(data);
    } catch (error) {
      return failFromApi(error, values, locals.requestId);
    }
    redirect(303, nextOf(url));
  },
};
