import { withPostgres } from '@eduplatform/local/servers/postgres';

const WRITTEN_AT = `
  select transaction_id::text || '-' || position::text as place, extract(epoch from occurred_at)::float8 * 1000 as at
  from outbox where type = 'course.published'`;

/**
 * When each outbox row was written, in milliseconds since 1970, by transaction id and position. That is shortly before
 * its commit, so what is measured from it is never too short.
 */
export async function readCommitTimes(databaseUrl: string): Promise<(position: string) => number> {
  const rows = await withPostgres(databaseUrl, (client) => client.query<{ place: string; at: number }>(WRITTEN_AT));
  const times = new Map(rows.rows.map(({ place, at }) => [place, at]));
  return (position) => {
    const [, transactionId = '', row = ''] = position.split('-');
    const time = times.get(`${BigInt(transactionId)}-${BigInt(row)}`);
    if (time === undefined) throw new Error(`the outbox has no row ${position}`);
    return time;
  };
}
