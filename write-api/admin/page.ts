import { Type } from '@sinclair/typebox';
import { cursorAfter, idOfCursor } from '../studio/cursor.ts';

const pageFields = {
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
  cursor: Type.Optional(Type.String({ maxLength: 400 })),
};

/** Query of a list that goes on after the cursor, with what else it asks. */
export const pageQuery = <T extends Parameters<typeof Type.Object>[0]>(fields: T) =>
  Type.Object({ ...pageFields, ...fields }, { additionalProperties: false });

export interface PageRequest {
  /** Id of the last item of the page before. */
  after: string | null;
  limit: number;
}

/** Throws invalid_cursor. */
export const pageRequestOf = ({ limit, cursor }: { limit: number; cursor?: string }): PageRequest => ({
  limit,
  after: cursor === undefined ? null : idOfCursor(cursor),
});

/** A page of rows, of which one more than `limit` was selected. */
export function pageOf<R, I>(rows: R[], limit: number, idOf: (row: R) => string, itemOf: (row: R) => I) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(itemOf), nextCursor: rows.length > limit && last ? cursorAfter(idOf(last)) : null };
}
