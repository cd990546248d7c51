import { fail, type ActionFailure } from '@sveltejs/kit';
import type { FormDone, FormFailed } from '../../forms/answer.ts';
import type { Api, WriteOptions } from '../api.ts';
import { ApiError } from '../problem.ts';
import type { ApiRequest } from '../request.ts';

interface Caller {
  api: Api;
  requestId: string;
}

export interface FormCommand extends WriteOptions {
  /** Name of the form. */
  form: string;
  method: ApiRequest['method'];
  path: string;
  /** What was typed, to be shown again when the command fails. Passwords do not belong here. */
  values?: Record<string, string>;
}

/** Runs a command for a form that is not autosaved: what the API answered, or a failure that the page explains. */
export async function runForm<T = unknown>(
  { api, requestId }: Caller,
  { form, method, path, values = {}, ...options }: FormCommand,
): Promise<(FormDone & { data: T }) | ActionFailure<FormFailed>> {
  try {
    const { data } = await api.write<T>(method, path, options);
    return { form, done: true, data };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return fail(error.status, { form, code: error.code, requestId, fields: fieldsOf(error), values });
  }
}

/** A refusal that needs no API to be seen. */
export const refuse = (
  requestId: string,
  form: string,
  fields: string[],
  values: Record<string, string> = {},
  code = 'invalid_request',
): ActionFailure<FormFailed> => fail(400, { form, code, requestId, fields, values });

/** `links/0` is about the field `links`. */
const fieldsOf = (error: ApiError): string[] => [
  ...new Set(Object.keys(error.fieldErrors).map((path) => path.split('/')[0] ?? '')),
];
