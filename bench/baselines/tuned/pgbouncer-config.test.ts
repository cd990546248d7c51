import { expect, it } from 'vitest';
import { isAtLeast, pgbouncerConfig } from './pgbouncer-config.ts';

const options = {
  databaseUrl: `postgres://us%40er:it's@db.test:5433/edu_baseline`,
  ...{ poolSize: 7, directory: '/tmp/socket', keepsStatements: true },
};

it('names the database with everything that its URL says', () => {
  const config = pgbouncerConfig(options);
  expect(config).toContain(
    `baseline = host='db.test' port='5433' dbname='edu_baseline' user='us@er' password='it''s'\n`,
  );
  expect(config).toContain('default_pool_size = 7\n');
});

it('shares connections between transactions only where prepared statements are kept', () => {
  expect(pgbouncerConfig(options)).toContain('pool_mode = transaction\nmax_prepared_statements');
  expect(pgbouncerConfig({ ...options, keepsStatements: false })).toContain('pool_mode = session\n');
});

it.each([
  ['PgBouncer 1.18.0', false],
  ['PgBouncer 1.21.0\nlibevent 2.1.12-stable', true],
  ['PgBouncer 2.0.0', true],
  ['who knows', false],
])('tells from "%s" whether it keeps them: %s', (said, expected) => {
  expect(isAtLeast(said, [1, 21])).toBe(expected);
});
