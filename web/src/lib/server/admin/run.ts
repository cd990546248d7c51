import type { RequestEvent } from '@sveltejs/kit';
import type { FormDone } from '../../forms/answer.ts';
import { textField, trimmedField } from '../forms/fields.ts';
import { refuse, runForm } from '../forms/run.ts';
import { adminOf } from '../guards.ts';

/** Something that an admin does to one thing of a list. */
interface Deed {
  /** Path of the thing's collection: `/v1/admin/users`. */
  path: string;
  verb: 'verify' | 'reject' | 'suspend' | 'restore' | 'hide';
  /** What is taken from somebody needs a reason. */
  hasReason?: boolean;
}

/**
 * Runs what the form asks for the thing named by its field `id`. A refusal belongs to that thing's own form,
 * `verb-id`; what was done is said at the top of the list, because the thing may have left it: form `verb`.
 */
export async function doDeed(event: RequestEvent, { path, verb, hasReason = false }: Deed) {
  adminOf(event);
  const form = await event.request.formData();
  const id = textField(form, 'id');
  const name = `${verb}-${id}`;
  const reason = trimmedField(form, 'reason');
  if (hasReason && !reason) return refuse(event.locals.requestId, name, ['reason']);
  const answer = await runForm(event.locals, {
    form: name,
    method: 'POST',
    path: `${path}/${encodeURIComponent(id)}/${verb}`,
    ...(hasReason && { body: { reason }, values: { reason } }),
  });
  if ('status' in answer) return answer;
  return { form: verb, done: true, details: { name: textField(form, 'name') } } satisfies FormDone;
}
