import pg from 'pg';
import { runBaseline } from '../http/run.ts';
import { startPgBouncer } from './pgbouncer.ts';
import { tunedReads } from './reads.ts';

const POOL_SIZE = 8;

await runBaseline('tuned', async (config, logger) => {
  const max = config.POOL_SIZE || POOL_SIZE;
  const bouncer =
    config.PGBOUNCER === 'on' ? await startPgBouncer({ databaseUrl: config.DATABASE_URL, poolSize: max }) : null;
  const pool = new pg.Pool({ ...(bouncer?.connection ?? { connectionString: config.DATABASE_URL }), max });
  pool.on('error', (error) => logger.warn({ err: error }, 'a connection was lost'));
  return {
    reads: tunedReads(pool, { mode: config.SEARCH_MODE, withFacets: config.SEARCH_FACETS === 'on' }),
    check: async () => void (await pool.query('select 1')),
    async close() {
      await pool.end();
      await bouncer?.close();
    },
  };
});
