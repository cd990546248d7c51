import { Type } from '@sinclair/typebox';
import { isUuid } from '@eduplatform/contracts/primitives';
import { ProblemError } from '@eduplatform/http-kit/problem';

/** Query of a list that goes on after the cursor, with what else it asks. */
export const pageQuery = <T extends Parameters<typeof Type.Object>[0]>(fields: T) =>
  Type.Object(
    {
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
      cursor: Type.Optional(Type.String({ maxLength: 400 })),
      ...fields,
    },
    { additionalProperties: false },
  );

/** The id in a cursor, null for the first page. Throws invalid_cursor. */
export function idOfCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const id = Buffer.from(cursor, 'base64url').toString('latin1');
  if (!isUuid(id)) throw new ProblemError('invalid_cursor');
  return id;
}

/** A page of rows, of which one more than `limit` was selected. */
export function pageOf<R extends { id: string }, I>(rows: R[], limit: number, itemOf: (row: R) => I) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > limit && last ? Buffer.from(last.id).toString('base64url') : null;
  return { items: shown.map(itemOf), nextCursor };
}
