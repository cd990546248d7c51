import type { AnnouncementResult } from '@eduplatform/contracts/http/admin';
import { announcementOf } from '#lib/admin/announcement.ts';
import type { FormDone } from '#lib/forms/answer.ts';
import { textField, typedFields } from '#lib/server/forms/fields.ts';
import { refuse, runForm } from '#lib/server/forms/run.ts';
import { adminOf } from '#lib/server/guards.ts';
import type { RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

const WRITE = 'write';
const SEND = 'send';
const FIELDS = ['title', 'text', 'link'] as const;

export const load: PageServerLoad = (event) => {
  adminOf(event);
};

async function typedIn(event: RequestEvent) {
  adminOf(event);
  const form = await event.request.formData();
  return { form, values: typedFields(form, FIELDS) };
}

export const actions: Actions = {
  /** Shows it as it will arrive; nothing is sent yet. */
  preview: async (event) => {
    const { values } = await typedIn(event);
    const { body, wrong } = announcementOf(values);
    if (wrong.length > 0) return refuse(event.locals.requestId, WRITE, wrong, values);
    const { title, text, link = '' } = body;
    // The key is made with the preview: however often it is sent, it arrives once.
    return { form: 'preview', done: true, details: { title, text, link, key: crypto.randomUUID() } } satisfies FormDone;
  },
  /** Back to the form, with what was typed. */
  edit: async (event) => {
    const { values } = await typedIn(event);
    return { form: 'edit', done: true, details: values } satisfies FormDone;
  },
  send: async (event) => {
    const { form, values } = await typedIn(event);
    const { body, wrong } = announcementOf(values);
    if (wrong.length > 0) return refuse(event.locals.requestId, WRITE, wrong, values);
    return runForm<AnnouncementResult>(event.locals, {
      form: SEND,
      method: 'POST',
      path: '/v1/admin/notifications',
      body,
      values: { ...values, key: textField(form, 'key') },
      idempotencyKey: textField(form, 'key'),
    });
  },
};
