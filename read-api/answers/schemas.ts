import { Type } from '@sinclair/typebox';
import { HEADERS } from '@eduplatform/contracts/headers';

/** Headers that every reading route takes. */
export const ReadHeaders = Type.Object({
  [HEADERS.readAfter]: Type.Optional(
    Type.String({
      description:
        'A position (of `X-Outbox-Position`): wait, up to 2 s, until the data is at or past it; later answers carry `X-Read-Stale: true`',
    }),
  ),
  'if-none-match': Type.Optional(
    Type.String({ description: 'Entity tags that the reader holds; answers 304 when one fits' }),
  ),
});
