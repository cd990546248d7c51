import { Me } from '@eduplatform/contracts/people';
import { Problem } from '@eduplatform/contracts/problems';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import { userOf } from '@eduplatform/http-kit/auth';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { App } from '@eduplatform/http-kit/server';
import { personal } from '../answers/personal.ts';
import { sendAnswer } from '../answers/send.ts';
import type { RouteDependencies } from '../dependencies.ts';

export function meRoutes(app: App, { direct, beginRead }: RouteDependencies): void {
  const schema = {
    ...personal.schema,
    tags: ['Accounts'],
    summary: 'Show who is signed in',
    // Whoever signed in has an account, but it may be too new, or deleted meanwhile.
    response: { 200: Me, 404: Problem },
  };
  app.get('/v1/me', { ...personal, schema }, async (request, reply) => {
    const read = await beginRead(request, reply, ['redis']);
    const { bodies } = await direct.ask(read, { bodies: [documentKeys.me(userOf(request).sub)] });
    const [body] = bodies;
    if (!body) throw new ProblemError('user_not_found');
    return sendAnswer(request, reply, { body }, 'reader');
  });
}
