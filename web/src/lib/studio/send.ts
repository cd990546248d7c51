import { deserialize, type ActionResult } from '$app/forms';
import { OFFLINE, type CommandDone, type CommandFailed } from './answers.ts';

/** Longer than the storefront's own patience with the write API, so that its answer says what happened. */
const TIMEOUT_MS = 15_000;

/** An action that leads elsewhere has done what it was asked to. */
export type Sent =
  | { done: CommandDone; failed?: never; redirected?: never }
  | { failed: CommandFailed; done?: never; redirected?: never }
  | { redirected: string; done?: never; failed?: never };

const offline: CommandFailed = { code: OFFLINE, requestId: '', errors: [] };

/** Sends a form to its action without leaving the page. Never throws: no answer is an answer too. */
export async function send(action: string, form: FormData): Promise<Sent> {
  let result: ActionResult<CommandDone & Record<string, unknown>, CommandFailed & Record<string, unknown>>;
  try {
    const response = await fetch(action, {
      method: 'POST',
      headers: { accept: 'application/json', 'x-sveltekit-action': 'true' },
      body: form,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    result = deserialize(await response.text());
  } catch {
    // Refused connections, timeouts and answers of something between us and the server: all the same to the teacher.
    return { failed: offline };
  }
  switch (result.type) {
    case 'success':
      return result.data ? { done: result.data } : { failed: offline };
    case 'failure':
      return { failed: result.data ?? offline };
    case 'redirect':
      return { redirected: result.location };
    case 'error':
      return { failed: { code: result.error.code, requestId: result.error.requestId, errors: [] } };
  }
}

/** JSON of an endpoint of the studio, or why there is none. */
export async function ask<T>(
  path: string,
  init: RequestInit = {},
): Promise<{ answer: T; failed?: never } | { failed: CommandFailed; answer?: never }> {
  try {
    const response = await fetch(path, { ...init, signal: init.signal ?? AbortSignal.timeout(TIMEOUT_MS) });
    const body: unknown = await response.json();
    return response.ok ? { answer: body as T } : { failed: { ...offline, ...(body as Partial<CommandFailed>) } };
  } catch {
    return { failed: offline };
  }
}
