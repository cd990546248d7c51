import type { FastifyRequest } from 'fastify';
import type { Queryable } from '@eduplatform/db/transaction';
import { requireUser } from '@eduplatform/http-kit/auth';
import { actorOf, assertAdmin } from '../commands/actor.ts';
import type { Actor } from '../commands/outcome.ts';
import { runCommand } from '../commands/run.ts';

/** Checked before the body is read. That they are admins is judged inside, by what they are now. */
export const admins = { onRequest: requireUser };

/** The admin who sends a request. Throws forbidden. */
export async function adminOf(db: Queryable, request: FastifyRequest): Promise<Actor> {
  const actor = await actorOf(db, request);
  assertAdmin(actor);
  return actor;
}

/** runCommand for admins alone. Throws forbidden. */
export const runAdminCommand: typeof runCommand = (deps, request, reply, work) =>
  runCommand(deps, request, reply, async (tx, context) => {
    assertAdmin(context.actor);
    return work(tx, context);
  });
