import { Type } from '@sinclair/typebox';
import { PageQuery } from '@eduplatform/contracts/pages';
import { Payment, PaymentPage } from '@eduplatform/contracts/payments';
import { Uuid } from '@eduplatform/contracts/primitives';
import { documentKeys, lists } from '@eduplatform/contracts/redis-keys';
import { userOf } from '@eduplatform/http-kit/auth';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { App } from '@eduplatform/http-kit/server';
import { storedPage } from '../answers/list-page.ts';
import { personal } from '../answers/personal.ts';
import { sendAnswer } from '../answers/send.ts';
import type { RouteDependencies } from '../dependencies.ts';

const tags = ['Payments'];

export function paymentRoutes(app: App, { direct, beginRead }: RouteDependencies): void {
  const payments = {
    ...personal.schema,
    tags,
    summary: 'List one’s payments with their receipts',
    querystring: PageQuery,
    response: { 200: PaymentPage },
  };
  app.get('/v1/payments/me', { ...personal, schema: payments }, async (request, reply) => {
    const read = await beginRead(request, reply, ['redis']);
    const { sub } = userOf(request);
    const question = { list: lists.payments(sub), prefix: documentKeys.payment(sub, '') };
    const body = await storedPage(direct, read, question, request.query);
    return sendAnswer(request, reply, { body }, 'reader');
  });

  const payment = {
    ...personal.schema,
    tags,
    summary: 'Show a payment of one’s own with its receipt',
    params: Type.Object({ id: Uuid }),
    response: { 200: Payment },
  };
  app.get('/v1/payments/:id', { ...personal, schema: payment }, async (request, reply) => {
    const read = await beginRead(request, reply, ['redis']);
    const key = documentKeys.payment(userOf(request).sub, request.params.id);
    const { bodies } = await direct.ask(read, { bodies: [key] });
    const [body] = bodies;
    if (!body) throw new ProblemError('payment_not_found');
    return sendAnswer(request, reply, { body }, 'reader');
  });
}
