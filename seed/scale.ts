import { migrate } from '@eduplatform/db/migrate';
import { createPool } from '@eduplatform/db/pool';
import { hashPassword } from '@eduplatform/write-api/auth/passwords';
import pg from 'pg';
import { findBroken, INVARIANTS, type Broken } from './checks/check.ts';
import { UNTOLD } from './checks/people.ts';
import { seedDemo } from './demo.ts';
import { DEMO_PASSWORD } from './demo-logins.ts';
import { insertCategories } from './people.ts';
import { DATA_NOW } from './scale/ages.ts';
import { countRows, type Counts } from './scale/counts.ts';
import { startGenerator, type Generator } from './scale/generator.ts';
import { loadPhases, type LoadProgress } from './scale/load.ts';
import { SIZES, type Scale, type Sizes } from './scale/sizes.ts';
import { findDataSet, nameOf } from './scale/target.ts';
import { TargetError } from './scale/target-error.ts';

export interface SeedOptions {
  scale: Scale;
  /** Default: that of the data set that is there, else 1. */
  seed?: number;
  onProgress?: (progress: SeedProgress) => void;
  /** Ends it between two transactions; the next run goes on from there. */
  signal?: AbortSignal;
  /** Instead of those of the scale, for tests. */
  sizes?: Sizes;
}

/** `total` is 0 where nothing can be counted. */
export type SeedProgress = LoadProgress;

export interface SeedResult {
  seed: number;
  /** It was complete before: nothing was loaded or checked. */
  wasThere: boolean;
  counts: Counts;
  /** Invariants that do not hold; none. */
  broken: Broken[];
}

const FIRST_SEED = 1;
/** Any number: one load at a time in a database. */
const LOCK = 4_003_100;

/**
 * Fills an empty database with the data of a scale, or goes on with a load that was cut off: makes the schema, loads with
 * COPY, checks the invariants and counts. The same scale and seed give the same rows (but for the salt of the passwords).
 * No events are told of anything above the demo: read models are built from the tables.
 * Throws TargetError when the database holds anything else, the signal's reason when aborted.
 */
export async function seedScale(databaseUrl: string, options: SeedOptions): Promise<SeedResult> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'seed', keepAlive: true });
  // A connection that breaks between two queries reports it here; the next query rejects by itself.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await lock(client);
    const found = await findDataSet(client);
    const { scale } = options;
    const seed = options.seed ?? found?.seed ?? FIRST_SEED;
    if (found && (found.scale !== scale || found.seed !== seed)) {
      throw new TargetError(
        `The database ${client.database ?? ''} holds ${nameOf(found.scale, found.seed)}, and not ${nameOf(scale, seed)}. ` +
          'Nothing was changed. --replace drops it first; or let DATABASE_URL name an empty one.',
      );
    }
    const wasThere = found?.isFinished === true;
    const broken = wasThere ? [] : await fill(client, databaseUrl, seed, options);
    return { seed, wasThere, counts: await countRows(client), broken };
  } finally {
    await client.end();
  }
}

async function lock(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ isOurs: boolean }>('select pg_try_advisory_lock($1) as "isOurs"', [LOCK]);
  if (!rows[0]?.isOurs) throw new TargetError('Another run is filling this database: wait for its end.');
}

async function fill(client: pg.Client, databaseUrl: string, seed: number, options: SeedOptions): Promise<Broken[]> {
  const { scale, signal, onProgress = () => undefined } = options;
  const say = (phase: string, done = 0, total = 0): void => onProgress({ phase, done, total, ratePerSecond: 0 });
  const name = nameOf(scale, seed);
  say('schema');
  await migrate(databaseUrl);
  if (scale === 'demo')
    await seedDemo(databaseUrl, say, { name, seed, now: new Date(DATA_NOW), signal, notesEnd: false });
  else
    await loadGenerated(client, databaseUrl, name, { seed, sizes: options.sizes ?? SIZES[scale], onProgress, signal });
  signal?.throwIfAborted();
  say('statistics');
  // Also marks pages as visible to all, as they would be in a database that has been in use for a while.
  await client.query('vacuum (analyze)');
  const invariants = scale === 'demo' ? INVARIANTS : [...INVARIANTS, UNTOLD];
  const broken = await findBroken(client, invariants, (done) => {
    signal?.throwIfAborted();
    say('checks', done, invariants.length);
  });
  if (broken.length === 0) await client.query(FINISH, [name]);
  return broken;
}

const BEGIN = 'insert into seed_state (name) values ($1) on conflict (name) do nothing';
const FINISH = `
  with chunks as (delete from seed_state where starts_with(name, $1 || ': '))
  update seed_state set finished_at = now() where name = $1`;
const RECEIPTS = `
  select setval('receipt_numbers', max(receipt_number)) from payments having max(receipt_number) is not null`;

interface GeneratedOptions {
  seed: number;
  sizes: Sizes;
  onProgress: (progress: SeedProgress) => void;
  signal: AbortSignal | undefined;
}

async function loadGenerated(
  client: pg.Client,
  databaseUrl: string,
  name: string,
  { seed, sizes, onProgress, signal }: GeneratedOptions,
): Promise<void> {
  const pool = createPool({ connectionString: databaseUrl, applicationName: 'seed', max: 2 });
  let generator: Generator | undefined;
  try {
    await client.query(BEGIN, [name]);
    await insertCategories(pool);
    onProgress({ phase: 'planning', done: 0, total: 0, ratePerSecond: 0 });
    generator = await startGenerator({ seed, sizes, passwordHash: await hashPassword(DEMO_PASSWORD) });
    await loadPhases(pool, generator, { name, onProgress, ...(signal && { signal }) });
    await client.query(RECEIPTS);
  } finally {
    await generator?.stop();
    await pool.end();
  }
}
