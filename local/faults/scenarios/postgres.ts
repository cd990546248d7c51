import { withPostgres } from '../../servers/postgres.ts';
import { Client } from 'pg';
import { appendToOutbox } from '@eduplatform/db/outbox';
import type { Tx } from '@eduplatform/db/transaction';
import { published } from '@eduplatform/indexer/test/support/courses';
import type { Arena } from '../arena.ts';
import { leaderOf, meanwhile, onlyFirst, type Scenario } from '../scenario.ts';

const TERMINATE = `
  select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and application_name like $1`;

const terminate = ({ serverUrl }: Arena, like: string): Promise<unknown> =>
  withPostgres(serverUrl, (client) => client.query(TERMINATE, [like]));

const restarted = (name: string, how: 'stop' | 'kill'): Scenario => ({
  name,
  async run(arena) {
    await arena.postgres[how]();
    await meanwhile(300);
    await arena.postgres.start();
    // An indexer that lost its session ends; here nobody but us starts it again.
    await meanwhile(3_500);
    await onlyFirst(arena);
  },
});

const killedConnections: Scenario = {
  name: 'all connections to Postgres killed',
  isShort: true,
  async run(arena) {
    const leader = leaderOf(arena);
    await terminate(arena, '%');
    await leader.whenEnded(10_000);
    await onlyFirst(arena);
  },
};

const droppedListen: Scenario = {
  name: 'the LISTEN connection dropped',
  async run(arena) {
    for (let time = 0; time < 3; time += 1) {
      await terminate(arena, 'indexer-listen');
      await meanwhile(300);
    }
  },
};

const halfOpen: Scenario = {
  name: 'sockets to Postgres half-open: nothing arrives any more, and nobody says so',
  async run(arena) {
    const leader = leaderOf(arena);
    arena.proxies.postgres.hang();
    await leader.whenEnded(30_000);
    await arena.proxies.postgres.stop();
    await arena.proxies.postgres.start();
    await onlyFirst(arena);
  },
};

const lostNotify: Scenario = {
  name: 'NOTIFY lost',
  async run({ writers }) {
    writers.notifies = false;
    await meanwhile(1_500);
    writers.notifies = true;
  },
};

/** A transaction that has an id and does not end, while others go on. */
async function leftOpen(url: string, milliseconds: number): Promise<void> {
  await withPostgres(url, async (client) => {
    await client.query('begin');
    await client.query('select pg_current_xact_id()');
    await meanwhile(milliseconds);
    await client.query('commit');
  });
}

const openMs = (isLong: boolean): number => (isLong ? 60_000 : 5_000);

const openTransaction: Scenario = {
  name: 'a writing transaction left open for 60 s (5 s in the short form)',
  run: ({ databaseUrl }, { isLong }) => leftOpen(databaseUrl, openMs(isLong)),
};

const openElsewhere: Scenario = {
  name: 'the same in another database of the cluster',
  run: ({ serverUrl }, { isLong }) => leftOpen(serverUrl, isLong ? 60_000 : 2_000),
};

const reverseOrder: Scenario = {
  name: 'transactions committed in the reverse order of their ids',
  isShort: true,
  async run({ databaseUrl, writers }) {
    const clients: Client[] = [];
    for (let count = 0; count < 6; count += 1) {
      const client = new Client({ connectionString: databaseUrl });
      await client.connect();
      await client.query('begin');
      const { rows } = await writers.pool.query<{ id: string; revision: number }>(
        'select id, live_revision as revision from courses where live_revision is not null order by random() limit 1',
      );
      const event = published(rows[0]?.id ?? '', rows[0]?.revision ?? 1, null);
      await appendToOutbox(client as unknown as Tx, [event], null);
      clients.push(client);
    }
    for (const client of clients.toReversed()) {
      await client.query('commit');
      await client.end();
      await meanwhile(60);
    }
  },
};

export const postgresScenarios: Scenario[] = [
  restarted('Postgres restarted', 'stop'),
  restarted('kill -9 of Postgres', 'kill'),
  killedConnections,
  droppedListen,
  halfOpen,
  lostNotify,
  openTransaction,
  openElsewhere,
  reverseOrder,
];
