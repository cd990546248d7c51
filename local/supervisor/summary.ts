import { DEMO_LOGINS, DEMO_PASSWORD } from '@eduplatform/seed/demo-logins';
import type { StackContext } from './parts/context.ts';
import { jaegerUi, usesJaeger } from './parts/traces.ts';

/** What to tell the person at the terminal when everything is ready. */
export function summary(context: StackContext, seconds: number): string {
  const { urls, config } = context;
  const rows = [
    ['Storefront', urls.web],
    ['Read API', `${urls.readApi}/docs`],
    ['Write API', `${urls.writeApi}/docs`],
    ...(config.scale === null
      ? []
      : [['Data', `${config.scale}, database ${new URL(urls.database).pathname.slice(1)}`]]),
    ['Traces', tracesPlace(context)],
    ['Logs', config.logDirectory],
  ];
  const lines = rows.map(([name, value]) => `  ${(name ?? '').padEnd(11)} ${value}`);
  const end = 'Stop with Ctrl-C or npm stop.';
  return `\nReady in ${seconds.toFixed(1)} s.\n\n${lines.join('\n')}\n${logins(context)}\n${end}\n`;
}

function tracesPlace(context: StackContext): string {
  if (context.config.own.otlpEndpoint) return context.config.own.otlpEndpoint;
  return usesJaeger(context) ? jaegerUi : 'npm run trace -- ID (a trace id or an X-Request-Id)';
}

function logins({ config }: StackContext): string {
  if (config.mode === 'production')
    return '\n  There are no demo logins in production; npm run admin -- EMAIL makes the first admin.\n';
  const width = Math.max(...DEMO_LOGINS.map(({ email }) => email.length));
  const rows = DEMO_LOGINS.map(({ email, role }) => `  ${email.padEnd(width)}  ${DEMO_PASSWORD}  (${role})`);
  return `\nSign in with:\n\n${rows.join('\n')}\n`;
}
