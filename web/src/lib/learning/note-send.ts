import { deserialize } from '$app/forms';
import type { NoteOutcome } from './note-draft.ts';

const TIMEOUT_MS = 15_000;

/** Sends a note to the action of its page, as the form would. Goes on when the page is left. */
export async function sendNote(action: string, text: string, version: number | null): Promise<NoteOutcome> {
  const form = new FormData();
  form.set('text', text);
  form.set('version', version === null ? '' : String(version));
  try {
    const response = await fetch(action, {
      method: 'POST',
      headers: { accept: 'application/json', 'x-sveltekit-action': 'true' },
      body: form,
      keepalive: text.length < 10_000,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const result = deserialize<{ data: { version: number } }, { code: string }>(await response.text());
    if (result.type === 'success' && result.data) return { kind: 'saved', version: result.data.data.version };
    if (result.type === 'failure' && result.data?.code === 'version_conflict') return { kind: 'conflict' };
    // The page's guard leads to the sign-in page; the API refuses a session that was ended elsewhere.
    if (result.type === 'redirect' || (result.type === 'failure' && result.status === 401))
      return { kind: 'signed-out' };
    return { kind: result.type === 'failure' && result.status < 500 ? 'refused' : 'offline' };
  } catch {
    // No network, no answer in time, or an answer of something in between: it is tried again.
    return { kind: 'offline' };
  }
}
