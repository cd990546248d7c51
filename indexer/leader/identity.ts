import type { Queryable } from '@eduplatform/db/transaction';

/** Which database the positions belong to. A restored copy is another one, and so another history. */
export interface DatabaseIdentity {
  history: number;
  systemIdentifier: string;
  timeline: number;
  databaseOid: number;
}

const HERE = `
  select s.system_identifier::text as system_identifier, c.timeline_id as timeline,
         (select oid from pg_database where datname = current_database()) as database_oid
  from pg_control_system() s, pg_control_checkpoint() c`;

const IS_NEW = `
  select st.system_identifier is not null
     and (st.system_identifier, st.timeline, st.database_oid)
         is distinct from (here.system_identifier, here.timeline, here.database_oid) as "isNew"
  from stream_state st, (${HERE}) as here`;

/**
 * Takes over: counts up the epoch, past the one that a sink is known to hold, and the history too when this is not the database that the stream state was
 * written in (a copy restored elsewhere brings the row along, but not the cluster).
 */
const TAKE_OVER = `
  with here as (${HERE})
  update stream_state st
  set epoch = greatest(st.epoch, $1) + 1,
      history = st.history + case
        when st.system_identifier is null then 0
        when (st.system_identifier, st.timeline, st.database_oid)
             is distinct from (here.system_identifier, here.timeline, here.database_oid) then 1
        else 0 end,
      system_identifier = here.system_identifier,
      timeline = here.timeline,
      database_oid = here.database_oid
  from here
  returning st.epoch, st.history, st.system_identifier, st.timeline, st.database_oid::int8 as database_oid`;

interface Row {
  epoch: number;
  history: number;
  system_identifier: string;
  timeline: number;
  database_oid: number;
}

export interface Term {
  /** Grows with each leader; sinks refuse the writes of an older one. */
  epoch: number;
  identity: DatabaseIdentity;
}

/**
 * Begins a term later than `heldEpoch`, which is 0 or what a sink holds of another Postgres. `session` must be the one
 * with the leader's lock: then nobody who has lost it can take over.
 */
export async function takeOver(session: Queryable, heldEpoch: number): Promise<Term> {
  const { rows: known } = await session.query<{ isNew: boolean }>(IS_NEW);
  await session.query(known[0]?.isNew ? `begin; ${WAIT_FOR_WRITERS}` : 'begin');
  const { rows } = await session.query<Row>(TAKE_OVER, [heldEpoch]);
  await session.query('commit');
  const row = rows[0];
  if (!row) throw new Error('stream_state is empty; run the migrations');
  return {
    epoch: row.epoch,
    identity: {
      history: row.history,
      systemIdentifier: row.system_identifier,
      timeline: row.timeline,
      databaseOid: Number(row.database_oid),
    },
  };
}

/** Whether a checkpoint was written for this database. */
export const isSameDatabase = (a: DatabaseIdentity, b: DatabaseIdentity): boolean =>
  a.history === b.history &&
  a.systemIdentifier === b.systemIdentifier &&
  a.timeline === b.timeline &&
  a.databaseOid === b.databaseOid;

/**
 * Waits for whoever writes rows of the history that ends: what they commit later would be read by nobody. Whoever comes
 * then waits for us, and writes in the new one.
 */
const WAIT_FOR_WRITERS = 'lock table outbox in share row exclusive mode';

/** Ends a history whose rows are gone. Safe when another sink has found out at the same time. */
export async function startHistory(db: Queryable, ended: number): Promise<void> {
  if (!Number.isSafeInteger(ended)) throw new RangeError(`${ended} is not a history`);
  // One transaction.
  await db.query(`${WAIT_FOR_WRITERS}; update stream_state set history = history + 1 where history = ${ended}`);
}
