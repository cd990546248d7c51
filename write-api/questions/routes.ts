import { AnswerBody, QuestionBody, QuestionResult } from '@eduplatform/contracts/http/learning';
import { Uuid } from '@eduplatform/contracts/primitives';
import { requireUser } from '@eduplatform/http-kit/auth';
import type { App } from '@eduplatform/http-kit/server';
import { Type } from '@sinclair/typebox';
import { IdempotencyHeaders } from '../commands/preconditions.ts';
import { runCommand, type CommandDeps } from '../commands/run.ts';
import { security } from '../courses/routes.ts';
import { answer, deleteAnswer, setAccepted } from './answer-commands.ts';
import { ask, deleteQuestion } from './commands.ts';

const onRequest = requireUser;
const common = { tags: ['questions'], security };
const QuestionParams = Type.Object({ questionId: Uuid });
const AnswerParams = Type.Object({ answerId: Uuid });

export function questionRoutes(app: App, deps: CommandDeps): void {
  app.post(
    '/v1/lessons/:lessonId/questions',
    {
      onRequest,
      schema: {
        ...common,
        summary: 'Ask a question about a lesson',
        headers: IdempotencyHeaders,
        params: Type.Object({ lessonId: Uuid }),
        body: QuestionBody,
        response: { 201: QuestionResult },
      },
    },
    async (request, reply) => {
      reply.code(201);
      return runCommand(deps, request, reply, (tx, context) => ask(tx, context, request.params.lessonId, request.body));
    },
  );
  app.delete(
    '/v1/questions/:questionId',
    {
      onRequest,
      schema: {
        ...common,
        summary: 'Delete a question with its answers',
        params: QuestionParams,
        response: { 200: QuestionResult },
      },
    },
    async (request, reply) =>
      runCommand(deps, request, reply, (tx, context) => deleteQuestion(tx, context, request.params.questionId)),
  );
  answerRoutes(app, deps);
}

function answerRoutes(app: App, deps: CommandDeps): void {
  app.post(
    '/v1/questions/:questionId/answers',
    {
      onRequest,
      schema: {
        ...common,
        summary: 'Answer a question',
        headers: IdempotencyHeaders,
        params: QuestionParams,
        body: AnswerBody,
        response: { 201: QuestionResult },
      },
    },
    async (request, reply) => {
      const { params, body } = request;
      reply.code(201);
      return runCommand(deps, request, reply, (tx, context) => answer(tx, context, params.questionId, body.body));
    },
  );
  const schema = { ...common, params: AnswerParams, response: { 200: QuestionResult } };
  app.delete(
    '/v1/answers/:answerId',
    { onRequest, schema: { ...schema, summary: 'Delete an answer' } },
    async (request, reply) =>
      runCommand(deps, request, reply, (tx, context) => deleteAnswer(tx, context, request.params.answerId)),
  );
  app.post(
    '/v1/answers/:answerId/accept',
    {
      onRequest,
      schema: { ...schema, summary: 'Mark an answer as the one that helps', headers: IdempotencyHeaders },
    },
    async (request, reply) =>
      runCommand(deps, request, reply, (tx, context) => setAccepted(tx, context, request.params.answerId, true)),
  );
  app.delete(
    '/v1/answers/:answerId/accept',
    { onRequest, schema: { ...schema, summary: 'Take the mark of an answer back' } },
    async (request, reply) =>
      runCommand(deps, request, reply, (tx, context) => setAccepted(tx, context, request.params.answerId, false)),
  );
}
