import type { Static, TObject } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

/**
 * Reads a service's configuration from the environment, once, at boot. Empty variables count as unset.
 * Throws one error that names every variable that is missing or wrong.
 */
export function readConfig<T extends TObject>(schema: T, env: NodeJS.ProcessEnv = process.env): Static<T> {
  const given = Object.fromEntries(
    Object.keys(schema.properties).flatMap((name) => (env[name] ? [[name, env[name]]] : [])),
  );
  const config: unknown = Value.Convert(schema, Value.Default(schema, given));
  const errors = [...Value.Errors(schema, config)];
  if (errors.length === 0) return config as Static<T>;
  const lines = errors.map(({ path, message, schema: field }) => {
    const name = path.slice(1).split('/')[0] ?? '';
    const description = (field.description as string | undefined) ?? '';
    return `  ${name}: ${env[name] ? message : 'is not set'}${description && ` (${description})`}`;
  });
  throw new Error(`The configuration is not usable:\n${[...new Set(lines)].join('\n')}`);
}
