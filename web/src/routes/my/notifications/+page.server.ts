import type { NotificationList } from '#lib/learning/lists.ts';
import { textField } from '#lib/server/forms/fields.ts';
import { runForm } from '#lib/server/forms/run.ts';
import { viewerOf } from '#lib/server/guards.ts';
import { readList } from '#lib/server/learning/lists.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  viewerOf(event);
  const { api } = event.locals;
  return { list: await readList<NotificationList>(api, '/v1/notifications/me', event.url), freshness: api.freshness() };
};

export const actions: Actions = {
  async read(event) {
    viewerOf(event);
    const id = textField(await event.request.formData(), 'id');
    const path = `/v1/notifications/${encodeURIComponent(id)}/read`;
    return runForm(event.locals, { form: `read-${id}`, method: 'PATCH', path });
  },
  async readAll(event) {
    viewerOf(event);
    return runForm(event.locals, { form: 'readAll', method: 'POST', path: '/v1/notifications/read-all' });
  },
};
