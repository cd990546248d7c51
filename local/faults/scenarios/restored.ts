import { cp, rename, rm } from 'node:fs/promises';
import { transaction } from '@eduplatform/db/transaction';
import { eventually } from '../../platform/wait.ts';
import { withPostgres } from '../../servers/postgres.ts';
import type { Arena } from '../arena/arena.ts';
import { loadDump, takeDump } from '../arena/dump.ts';
import type { Scenario } from '../scenario.ts';
import { historyOf, meanwhile, onlyFirst } from '../steps.ts';

const NOTICED_MS = 180_000;

/** What is written after the copy is lost. */
async function writeOn({ writers }: Arena): Promise<void> {
  writers.start();
  await meanwhile(1_500);
  await writers.pause();
}

async function endIndexers({ indexers, writers }: Arena): Promise<void> {
  for (const indexer of indexers) await indexer.kill();
  writers.forget();
}

/**
 * The indexer is started before the writers, as its README asks of whoever restores a copy: it begins the history that new
 * positions belong to.
 */
async function beginHistory(arena: Arena, before: number): Promise<void> {
  const [first] = arena.indexers;
  const isBegun = async (): Promise<boolean> => {
    if (!first?.isRunning) await first?.start(false);
    return (await historyOf(arena)) > before;
  };
  await eventually(isBegun, { timeoutMs: NOTICED_MS, intervalMs: 50 });
}

/** Under the same name, from a copy that the cluster itself has made. */
const sameCluster: Scenario = {
  name: 'the database restored from an older copy into the same cluster',
  async run(arena) {
    const { postgres, writers } = arena;
    const name = new URL(postgres.databaseUrl).pathname.slice(1);
    const copy = (from: string, to: string): Promise<void> =>
      withPostgres(postgres.serverUrl, async (client) => {
        await client.query(
          'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
          [from],
        );
        await client.query(`create database ${to} template ${from}`);
      });
    await writers.pause();
    for (const indexer of arena.indexers) await indexer.kill();
    await withPostgres(postgres.serverUrl, (client) => client.query('drop database if exists kept with (force)'));
    await copy(name, 'kept');
    await onlyFirst(arena);
    await writeOn(arena);
    await endIndexers(arena);
    await withPostgres(postgres.serverUrl, (client) => client.query(`drop database ${name} with (force)`));
    await copy('kept', name);
    writers.start();
    await onlyFirst(arena);
  },
};

/** Its oid stays, and ids go on: only the row that the checkpoints name tells. */
const sameDatabase: Scenario = {
  name: 'an older dump loaded into the same database',
  async run(arena) {
    const { writers } = arena;
    await writers.pause();
    const dump = await takeDump(writers.pool);
    await writeOn(arena);
    await endIndexers(arena);
    const before = await historyOf(arena);
    await transaction(writers.pool, (tx) => loadDump(tx, dump));
    writers.start();
    await beginHistory(arena, before);
    await onlyFirst(arena);
  },
};

/** Its ids begin anew, so that those of the old one lie ahead. */
const otherCluster: Scenario = {
  name: 'an older dump loaded into another cluster',
  async run(arena) {
    const { postgres, writers } = arena;
    await writers.pause();
    const dump = await takeDump(writers.pool);
    await writeOn(arena);
    await endIndexers(arena);
    const before = await historyOf(arena);
    await postgres.process.stop();
    await rm(`${postgres.folder}-old`, { recursive: true, force: true });
    await rename(postgres.folder, `${postgres.folder}-old`);
    await postgres.initialize();
    await postgres.process.start();
    await postgres.createDatabase();
    await transaction(writers.pool, (tx) => loadDump(tx, dump));
    await beginHistory(arena, before);
    writers.start();
    await onlyFirst(arena);
  },
};

/** As a snapshot of a disk is put back: the cluster is the same, and gives out ids again that it has given out. */
const olderFiles: Scenario = {
  name: 'the files of Postgres set back to an older copy',
  async run(arena) {
    const { postgres, writers } = arena;
    const copy = `${postgres.folder}-copy`;
    await writers.pause();
    for (const indexer of arena.indexers) await indexer.kill();
    await postgres.process.stop();
    await rm(copy, { recursive: true, force: true });
    await cp(postgres.folder, copy, { recursive: true });
    await postgres.initialize();
    await postgres.process.start();
    await onlyFirst(arena);
    await writeOn(arena);
    await endIndexers(arena);
    const before = await historyOf(arena);
    await postgres.process.kill();
    await rm(postgres.folder, { recursive: true, force: true });
    await rename(copy, postgres.folder);
    await postgres.initialize();
    await postgres.process.start();
    await beginHistory(arena, Math.min(before, await historyOf(arena)));
    writers.start();
    await onlyFirst(arena);
  },
};

export const restoredScenarios: Scenario[] = [sameCluster, sameDatabase, otherCluster, olderFiles];
