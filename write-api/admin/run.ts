import { requireUser } from '@eduplatform/http-kit/auth';
import { assertAdmin } from '../commands/actor.ts';
import { runCommand } from '../commands/run.ts';

/** Checked before the body is read. That they are admins is judged inside, by what they are now. */
export const admins = { onRequest: requireUser };

/** runCommand for admins alone. Throws forbidden. */
export const runAdminCommand: typeof runCommand = (deps, request, reply, work) =>
  runCommand(deps, request, reply, async (tx, context) => {
    assertAdmin(context.actor);
    return work(tx, context);
  });
