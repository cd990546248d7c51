import { fail, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import type { FormDone, FormFailed } from '../../forms/answer.ts';
import { textField } from '../forms/fields.ts';
import { adminOf } from '../guards.ts';
import { ApiError } from '../problem.ts';
import { INDEXER_PATH } from './indexer.ts';

interface Wish {
  /** Names of the forms are `verb-subject`; what the wish is about has to be in the form's field of that name. */
  verb: string;
  about: 'sink' | 'id';
  method?: 'POST' | 'DELETE';
  path: (subject: string) => string;
  body?: (subject: string) => unknown;
  /** Where the form is gone with what it was about: the name under which the page says that it is done. */
  saidAs?: string;
}

/** An action that asks something of the indexer; its leader does it within a second. */
const wish =
  ({ verb, about, method = 'POST', path, body, saidAs }: Wish) =>
  async (event: RequestEvent): Promise<FormDone | ActionFailure<FormFailed>> => {
    adminOf(event);
    const { api, requestId } = event.locals;
    const subject = textField(await event.request.formData(), about);
    const form = `${verb}-${subject}`;
    try {
      await api.indexer(method, INDEXER_PATH + path(encodeURIComponent(subject)), body && { body: body(subject) });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return fail(error.status, { form, code: error.code, requestId, fields: [], values: {} });
    }
    return { form: saidAs ?? form, done: true };
  };

const job = (verb: string, kind: string, params?: object) =>
  wish({ verb, about: 'sink', path: () => '/jobs', body: (sink) => ({ kind, sink, ...(params && { params }) }) });

/** What operators can do, as form actions. */
export const indexerActions = {
  pause: wish({ verb: 'switch', about: 'sink', path: (sink) => `/sinks/${sink}/pause` }),
  resume: wish({ verb: 'switch', about: 'sink', path: (sink) => `/sinks/${sink}/resume` }),
  reindex: job('reindex', 'reindex'),
  rollback: job('rollback', 'rollback'),
  verify: job('verify', 'verify'),
  repair: job('repair', 'verify', { repair: true }),
  cancel: wish({ verb: 'cancel', about: 'id', path: (id) => `/jobs/${id}/cancel` }),
  replay: wish({ verb: 'replay', about: 'id', path: (id) => `/dead-letters/${id}/replay`, saidAs: 'replayed' }),
  replayAll: wish({ verb: 'replay', about: 'sink', path: () => '/dead-letters/replay-all', saidAs: 'replayed' }),
  discard: wish({
    ...{ verb: 'discard', about: 'id', method: 'DELETE', saidAs: 'discarded' },
    path: (id) => `/dead-letters/${id}`,
  }),
};
