import type pg from 'pg';
import { appendToOutbox } from '@eduplatform/db/outbox';
import { transaction } from '@eduplatform/db/transaction';
import { insertTeacher } from '@eduplatform/indexer/test/support/courses';

/** A teacher as one that registers while everything runs; answers the id. */
export const registerTeacher = (pool: pg.Pool): Promise<string> =>
  transaction(pool, async (tx) => {
    const userId = await insertTeacher(tx);
    const about = { aggregateType: 'user' as const, aggregateId: userId, aggregateVersion: 1 };
    await appendToOutbox(tx, [{ ...about, type: 'user.registered', payload: { userId } }], null);
    return userId;
  });
