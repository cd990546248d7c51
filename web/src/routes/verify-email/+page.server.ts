import { runForm } from '#lib/server/forms/run.ts';
import { keepAddressSecret } from '#lib/server/secret-address.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  keepAddressSecret(event);
  return { hasToken: event.url.searchParams.has('token') };
};

export const actions: Actions = {
  /** By a button, not by opening the page: programs that look into mails open links too. */
  default: ({ locals, url }) =>
    runForm(locals, {
      form: 'verify',
      method: 'POST',
      path: '/v1/auth/email-verification/confirm',
      body: { token: url.searchParams.get('token') ?? '' },
    }),
};
