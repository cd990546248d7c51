import type pg from 'pg';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HEADERS } from '@eduplatform/contracts/headers';
import { transaction, type Tx } from '@eduplatform/db/transaction';
import { userOf } from '@eduplatform/http-kit/auth';
import { lockActor } from './actor.ts';
import { idempotently } from './idempotency.ts';
import type { CommandContext, CommandOutcome } from './outcome.ts';
import { idempotencyOf } from './preconditions.ts';

/** What routes with commands need. */
export interface CommandDeps {
  pool: pg.Pool;
  /** Wakes the indexer; called after each commit. */
  notifier: { wake(): void };
}

/**
 * Runs a command in one transaction, as who its sender is at that moment, wakes the indexer after its commit and answers
 * with `X-Outbox-Position` and, for what has versions, `ETag`. `work` must have no effects besides its queries, because it may run again after a deadlock.
 */
export async function runCommand<R extends object>(
  deps: CommandDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (tx: Tx, context: CommandContext) => Promise<CommandOutcome<R>>,
): Promise<R> {
  const idempotency = idempotencyOf(request, userOf(request).sub);
  const now = new Date();
  const { statusCode } = reply;
  const { result, position, status } = await transaction(deps.pool, async (tx) => {
    const actor = await lockActor(tx, request);
    return idempotently(tx, idempotency, async () => ({ status: statusCode, ...(await work(tx, { actor, now })) }));
  });
  deps.notifier.wake();
  reply.code(status ?? statusCode).header(HEADERS.outboxPosition, position);
  if ('version' in result) reply.header('etag', `"${String(result.version)}"`);
  return result;
}
