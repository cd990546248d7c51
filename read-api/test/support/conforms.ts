import { FormatRegistry, type TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

FormatRegistry.Set('date-time', (text) => new Date(text).toISOString() === text);

/** What is wrong with a value by a schema of the contracts; empty when it conforms. */
export const violations = (schema: TSchema, value: unknown): string[] =>
  [...Value.Errors(schema, value)].map(({ path, message }) => `${path}: ${message}`);
