import type { RequestEvent } from '@sveltejs/kit';
import { textField, typedFields } from '../forms/fields.ts';
import { refuse, runForm } from '../forms/run.ts';
import { viewerOf } from '../guards.ts';

const ownPath = (courseId: string): string => `/v1/courses/${encodeURIComponent(courseId)}/reviews/me`;

/** Writes one's own review, or changes it. */
export async function review(event: RequestEvent) {
  viewerOf(event);
  const form = await event.request.formData();
  const courseId = textField(form, 'courseId');
  const values = typedFields(form, ['rating', 'text']);
  const rating = Number(values['rating'] || Number.NaN);
  if (!Number.isInteger(rating)) return refuse(event.locals.requestId, 'review', ['rating'], values, 'rating_missing');
  const body = { rating, text: textField(form, 'text') };
  const change = { form: 'review', method: 'PUT', path: ownPath(courseId), body, values } as const;
  if (textField(form, 'mode') === 'change') return runForm(event.locals, change);
  const written = await runForm(event.locals, {
    form: 'review',
    method: 'POST',
    path: '/v1/reviews',
    body: { courseId, ...body },
    values,
  });
  // Written in another tab meanwhile: these are the newer words.
  const isThere = 'status' in written && written.data.code === 'already_reviewed';
  return isThere ? runForm(event.locals, change) : written;
}

export async function deleteReview(event: RequestEvent) {
  viewerOf(event);
  const courseId = textField(await event.request.formData(), 'courseId');
  return runForm(event.locals, { form: 'deleteReview', method: 'DELETE', path: ownPath(courseId) });
}

/** The teacher answers a review. */
export const reply = (event: RequestEvent) => about(event, 'reply', 'text');

/** Tells the admins that a review breaks the rules. */
export const report = (event: RequestEvent) => about(event, 'report', 'reason');

async function about(event: RequestEvent, verb: 'reply' | 'report', field: 'text' | 'reason') {
  viewerOf(event);
  const form = await event.request.formData();
  const reviewId = textField(form, 'reviewId');
  const name = `${verb}-${reviewId}`;
  const values = typedFields(form, [field]);
  if (!values[field]?.trim()) return refuse(event.locals.requestId, name, [field], values, 'text_missing');
  const path = `/v1/reviews/${encodeURIComponent(reviewId)}/${verb}`;
  return runForm(event.locals, { form: name, method: 'POST', path, body: values, values });
}
