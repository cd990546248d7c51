import { HEADERS } from '@eduplatform/contracts/headers';
import { CheckoutBody, DeclinedPayment, Quote, QuoteBody, RefundBody } from '@eduplatform/contracts/http/payments';
import { Payment } from '@eduplatform/contracts/payments';
import { Uuid } from '@eduplatform/contracts/primitives';
import { Problem } from '@eduplatform/contracts/problems';
import { transaction } from '@eduplatform/db/transaction';
import { requireUser } from '@eduplatform/http-kit/auth';
import type { App } from '@eduplatform/http-kit/server';
import { Type } from '@sinclair/typebox';
import { actorOf } from '../commands/actor.ts';
import { IdempotencyHeaders } from '../commands/preconditions.ts';
import { security } from '../courses/routes.ts';
import { checkout } from './checkout.ts';
import type { PaymentDeps } from './deps.ts';
import { judgePurchase } from './purchase.ts';
import { refund } from './refund-command.ts';

const tags = ['payments'];
const buyers = { onRequest: requireUser };

/** Buying a course, and giving the money back. */
export function paymentRoutes(app: App, deps: PaymentDeps): void {
  app.post(
    '/v1/payments',
    {
      ...buyers,
      config: { rateClass: 'expensive' },
      schema: {
        tags,
        security,
        summary: 'Buy a course: pay and enroll. 202: the provider has not answered, and the payment is pending',
        headers: IdempotencyHeaders,
        body: CheckoutBody,
        response: {
          201: Payment,
          202: Payment,
          402: {
            description: 'The card was declined; nothing was charged',
            content: { 'application/problem+json': { schema: DeclinedPayment } },
          },
          428: Problem,
        },
      },
    },
    async (request, reply) => {
      const { status, body, position } = await checkout(deps, request, request.body);
      reply.header(HEADERS.outboxPosition, position).header('cache-control', 'no-store');
      if (status === 402) reply.type('application/problem+json');
      return reply.code(status).send(body as Payment & DeclinedPayment);
    },
  );
  app.post(
    '/v1/payments/quote',
    {
      ...buyers,
      schema: {
        tags,
        security,
        summary: 'What a course would cost, and why a coupon does not work',
        body: QuoteBody,
        response: { 200: Quote },
      },
    },
    async (request) => {
      const { courseId, couponCode } = request.body;
      const purchase = await transaction(deps.pool, async (tx) =>
        judgePurchase(tx, await actorOf(tx, request), {
          courseId,
          ...(couponCode !== undefined && { couponCode }),
          reserve: false,
          now: new Date(),
        }),
      );
      const { listPrice, discount, total, coupon } = purchase;
      return { courseId, listPrice, discount, total, couponCode: coupon?.code ?? null };
    },
  );
  app.post(
    '/v1/payments/:paymentId/refund',
    {
      ...buyers,
      schema: {
        tags,
        security,
        summary: 'Give a payment back and end its enrollment. 202: the provider has not answered yet',
        params: Type.Object({ paymentId: Uuid }),
        body: Type.Union([RefundBody, Type.Null()]),
        response: { 200: Payment, 202: Payment },
      },
    },
    async (request, reply) => {
      const { status, body, position } = await refund(
        deps,
        request,
        request.params.paymentId,
        request.body?.reason ?? null,
      );
      reply.header(HEADERS.outboxPosition, position);
      return reply.code(status).send(body);
    },
  );
}
