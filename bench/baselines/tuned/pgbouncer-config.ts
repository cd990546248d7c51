export interface PgBouncerOptions {
  databaseUrl: string;
  /** Connections to Postgres at most. */
  poolSize: number;
  /** Where its socket is. */
  directory: string;
  /** Whether it knows prepared statements of its clients, so that a connection can be another's after each transaction. */
  keepsStatements: boolean;
}

/** Part of the socket's name; nobody listens on the network. */
export const PORT = 6432;

/** https://www.pgbouncer.org/config.html */
export function pgbouncerConfig({ databaseUrl, poolSize, directory, keepsStatements }: PgBouncerOptions): string {
  const url = new URL(databaseUrl);
  const target = {
    host: url.hostname,
    port: url.port || '5432',
    dbname: decodeURIComponent(url.pathname.slice(1)),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
  const settings = {
    unix_socket_dir: directory,
    listen_port: PORT,
    // Whoever reaches the socket is let in, as the user of the target.
    auth_type: 'any',
    pool_mode: keepsStatements ? 'transaction' : 'session',
    ...(keepsStatements && { max_prepared_statements: 200 }),
    default_pool_size: poolSize,
    log_connections: 0,
    log_disconnections: 0,
  };
  return [
    '[databases]',
    `baseline = ${Object.entries(target)
      .map(([name, value]) => `${name}=${quoted(value)}`)
      .join(' ')}`,
    '[pgbouncer]',
    ...Object.entries(settings).map(([name, value]) => `${name} = ${value}`),
    '',
  ].join('\n');
}

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** Whether what a program says of its version, such as `PgBouncer 1.18.0`, is so late at least. */
export function isAtLeast(said: string, [wantedMajor, wantedMinor]: readonly [number, number]): boolean {
  const [, major = '', minor = ''] = /(\d+)\.(\d+)/.exec(said) ?? [];
  return Number(major) > wantedMajor || (Number(major) === wantedMajor && Number(minor) >= wantedMinor);
}
