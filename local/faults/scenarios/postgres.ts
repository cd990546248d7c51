import { withPostgres } from '../../servers/postgres.ts';
import type { Arena } from '../arena/arena.ts';
import type { Scenario } from '../scenario.ts';
import { leaderOf, meanwhile, onlyFirst } from '../steps.ts';

const ENDED_MS = 120_000;

const TERMINATE = `
  select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and application_name like $1`;

/** Ends the sessions of programs that call themselves so. */
export const terminate = ({ postgres }: Arena, like: string): Promise<unknown> =>
  withPostgres(postgres.serverUrl, (client) => client.query(TERMINATE, [like]));

const restarted = (name: string, how: 'stop' | 'kill'): Scenario => ({
  name,
  async run(arena) {
    const { process } = arena.postgres;
    await process[how]();
    await meanwhile(300);
    await process.start();
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
    await leader.whenEnded(ENDED_MS);
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
    await leader.whenEnded(ENDED_MS);
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
export async function leftOpen(url: string, milliseconds: number): Promise<void> {
  await withPostgres(url, async (client) => {
    await client.query('begin');
    await client.query('select pg_current_xact_id()');
    await meanwhile(milliseconds);
    await client.query('commit');
  });
}

const openTransaction: Scenario = {
  name: 'a writing transaction left open for 60 s (5 s in the short form)',
  run: ({ postgres }, { isLong }) => leftOpen(postgres.databaseUrl, isLong ? 60_000 : 5_000),
};

const openElsewhere: Scenario = {
  name: 'the same in another database of the cluster (2 s in the short form)',
  run: ({ postgres }, { isLong }) => leftOpen(postgres.serverUrl, isLong ? 60_000 : 2_000),
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
];
