import { redirect, type RequestEvent } from '@sveltejs/kit';
import { localizeHref } from '#lib/paraglide/runtime.js';
import { MIN_PASSWORD } from '../auth-forms.ts';
import { textField, trimmedField, typedFields } from '../forms/fields.ts';
import { refuse, runForm } from '../forms/run.ts';
import { viewerOf } from '../guards.ts';
import { renewViewer } from './renew-viewer.ts';

export async function saveProfile(event: RequestEvent) {
  const viewer = viewerOf(event);
  const { locals } = event;
  const form = await event.request.formData();
  const values = typedFields(form, ['name', 'bio', 'language', 'emailPreference']);
  const name = trimmedField(form, 'name');
  if (!name) return refuse(locals.requestId, 'profile', ['name'], values);
  const answer = await runForm(locals, {
    form: 'profile',
    method: 'PATCH',
    path: '/v1/auth/profile',
    body: { ...values, name, bio: trimmedField(form, 'bio') },
    values,
  });
  if (!('status' in answer) && name !== viewer.name) await renewViewer(locals);
  return answer;
}

export async function changePassword(event: RequestEvent) {
  viewerOf(event);
  const form = await event.request.formData();
  const currentPassword = textField(form, 'currentPassword');
  const newPassword = textField(form, 'newPassword');
  const wrong = [
    ...(currentPassword ? [] : ['currentPassword']),
    ...(newPassword.length < MIN_PASSWORD ? ['newPassword'] : []),
  ];
  if (wrong.length > 0) return refuse(event.locals.requestId, 'password', wrong);
  return runForm(event.locals, {
    form: 'password',
    method: 'POST',
    path: '/v1/auth/change-password',
    body: { currentPassword, newPassword },
  });
}

export async function endSession(event: RequestEvent) {
  viewerOf(event);
  const id = textField(await event.request.formData(), 'sessionId');
  return runForm(event.locals, {
    form: 'sessions',
    method: 'DELETE',
    path: `/v1/auth/sessions/${encodeURIComponent(id)}`,
  });
}

export async function endAllSessions(event: RequestEvent) {
  viewerOf(event);
  const answer = await runForm(event.locals, {
    form: 'sessions',
    method: 'POST',
    path: '/v1/auth/logout-everywhere',
  });
  if ('status' in answer) return answer;
  event.locals.session.end();
  redirect(303, localizeHref('/sign-in'));
}

/** Sends the link that proves an address once more. */
export async function requestVerification(event: RequestEvent) {
  viewerOf(event);
  return runForm(event.locals, { form: 'verification', method: 'POST', path: '/v1/auth/email-verification/request' });
}
