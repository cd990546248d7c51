import { Type, type Static } from '@sinclair/typebox';

/**
 * A place in the outbox, as text that compares in stream order: `hhhhhhhhhh-<20 digits>-<19 digits>`,
 * which is the history (0 … 2^31−1), the transaction id (xid8) and the outbox row's position (bigint), each padded
 * with zeros. JavaScript and Lua compare such strings exactly, where their numbers would lose bits.
 */
export type Position = string;

export const POSITION_PATTERN = '^\\d{10}-\\d{20}-\\d{19}$';

export const Position = Type.String({
  pattern: POSITION_PATTERN,
  description: 'A place in the outbox: history, transaction id and position, padded with zeros; compare as text',
  examples: ['0000000001-00000000000000000742-0000000000000000018'],
});

const matcher = new RegExp(POSITION_PATTERN);
const pad = (digits: string, width: number): string => digits.padStart(width, '0');
const strip = (digits: string): string => digits.replace(/^0+(?=\d)/, '');

export interface PositionParts {
  history: number;
  /** xid8 of the transaction as decimal text. */
  transactionId: string;
  /** bigint as decimal text; `0` in a horizon, which stands before every row of its transaction. */
  position: string;
}

/** Text form of the parts. Throws RangeError when a part is not a non-negative integer that fits. */
export function formatPosition({ history, transactionId, position }: PositionParts): Position {
  const text = `${pad(String(history), 10)}-${pad(transactionId, 20)}-${pad(position, 19)}`;
  if (!matcher.test(text)) throw new RangeError(`not a position: ${text}`);
  return text;
}

/** Parts of the text form, without leading zeros. Throws RangeError on anything else. */
export function parsePosition(text: Position): PositionParts {
  if (!matcher.test(text)) throw new RangeError(`not a position: ${text}`);
  const [history = '0', transactionId = '0', position = '0'] = text.split('-');
  return { history: Number(history), transactionId: strip(transactionId), position: strip(position) };
}

export const isPosition = (text: unknown): text is Position => typeof text === 'string' && matcher.test(text);

export const maxPosition = (a: Position, b: Position): Position => (a >= b ? a : b);
export const minPosition = (a: Position, b: Position): Position => (a <= b ? a : b);

/** Before every real position: what a sink that holds nothing has passed. */
export const ZERO_POSITION: Position = formatPosition({ history: 0, transactionId: '0', position: '0' });

/** Answer of `GET /v1/positions/{position}`. */
export const PositionStatus = Type.Object(
  {
    position: Position,
    live: Type.Boolean({ description: 'Redis and at least one search server in rotation have passed the position' }),
    sinks: Type.Array(
      Type.Object({
        name: Type.String({
          pattern: '^(redis|search(-[0-9]+)?)$',
          description: '`redis`, or a search server: `search`, `search-2` …',
        }),
        passed: Type.Boolean(),
        at: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
          description: 'When the read API saw the sink pass the position; null while it has not',
        }),
      }),
    ),
  },
  { $id: 'PositionStatus' },
);
export type PositionStatus = Static<typeof PositionStatus>;
