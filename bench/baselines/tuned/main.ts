import pg from 'pg';
import { runBaseline } from '../http/run.ts';
import { tunedReads } from './reads.ts';

const POOL_SIZE = 8;

await runBaseline('tuned', async (config, logger) => {
  const pool = new pg.Pool({ connectionString: config.DATABASE_URL, max: config.POOL_SIZE || POOL_SIZE });
  pool.on('error', (error) => logger.warn({ err: error }, 'a connection was lost'));
  return {
    reads: tunedReads(pool, { mode: config.SEARCH_MODE, withFacets: config.SEARCH_FACETS === 'on' }),
    check: async () => void (await pool.query('select 1')),
    close: () => pool.end(),
  };
});
