import { Type, type Static } from '@sinclair/typebox';
import { nullable } from './primitives.ts';

/** A page of a list: `nextCursor` is null at its end. */
export const pageOf = <T extends Parameters<typeof Type.Array>[0]>(item: T, $id: string) =>
  Type.Object({ items: Type.Array(item), nextCursor: nullable(Type.String()) }, { $id });

export const PageQuery = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
    cursor: Type.Optional(Type.String({ maxLength: 400 })),
  },
  { additionalProperties: false },
);
export type PageQuery = Static<typeof PageQuery>;
