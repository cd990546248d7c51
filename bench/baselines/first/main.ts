import pg from 'pg';
import { runBaseline } from '../http/run.ts';
import { firstReads } from './reads.ts';

/** What pg does unless told. */
const POOL_SIZE = 10;

await runBaseline('first', async (config, logger) => {
  const pool = new pg.Pool({ connectionString: config.DATABASE_URL, max: config.POOL_SIZE || POOL_SIZE });
  pool.on('error', (error) => logger.warn({ err: error }, 'a connection was lost'));
  return {
    reads: firstReads(pool, { withFacets: config.SEARCH_FACETS === 'on' }),
    check: async () => void (await pool.query('select 1')),
    close: () => pool.end(),
  };
});
