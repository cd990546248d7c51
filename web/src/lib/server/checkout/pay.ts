import type { CheckoutBody } from '@eduplatform/contracts/http/payments';
import type { Payment } from '@eduplatform/contracts/payments';
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { localizeHref } from '#lib/paraglide/runtime.js';
import type { FormFailed } from '../../forms/answer.ts';
import { textField, trimmedField } from '../forms/fields.ts';
import { viewerOf } from '../guards.ts';
import { ApiError } from '../problem.ts';
import { readCard } from './card-form.ts';
import { outcomeOf } from './outcome.ts';

type CheckoutEvent = RequestEvent<{ slug: string }>;

/**
 * Takes a payment. The form carries the key that it was rendered with, so that a double click or a reload is one payment;
 * what is sent back to the page is everything but the card.
 */
export async function pay(event: CheckoutEvent) {
  viewerOf(event);
  const form = await event.request.formData();
  const couponCode = trimmedField(form, 'couponCode');
  const key = textField(form, 'paymentKey');
  const refused = (status: number, code: string, fields: string[], keepsKey: boolean) =>
    fail<FormFailed>(status, {
      form: 'pay',
      code,
      requestId: event.locals.requestId,
      fields,
      values: { couponCode, paymentKey: keepsKey ? key : crypto.randomUUID() },
    });

  const body: CheckoutBody = { courseId: textField(form, 'courseId'), ...(couponCode && { couponCode }) };
  if (textField(form, 'isFree') !== 'true') {
    const { card, wrong } = readCard(form, new Date());
    if (!card) return refused(400, 'card_wrong', wrong, true);
    body.card = card;
  }

  let payment: Payment;
  try {
    const { api } = event.locals;
    payment = (await api.write<Payment>('POST', '/v1/payments', { body, idempotencyKey: key })).data;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.code === 'already_enrolled') redirect(303, coursePath(event));
    const { code, keepsKey } = outcomeOf(error);
    return refused(error.status, code, fieldsOf(error), keepsKey);
  }
  if (payment.status === 'pending') redirect(303, `${coursePath(event)}/checkout/${payment.id}`);
  redirect(303, `${coursePath(event)}?welcome`);
}

const coursePath = ({ params }: CheckoutEvent): string => localizeHref(`/courses/${params.slug}`);

const FIELDS: Record<string, string> = { 'card/number': 'number', 'card/cvc': 'cvc', couponCode: 'couponCode' };
const fieldsOf = (error: ApiError): string[] =>
  Object.keys(error.fieldErrors).map((path) => FIELDS[path] ?? (path.startsWith('card/expiry') ? 'expiry' : path));
