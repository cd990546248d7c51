import { isUuid } from '@eduplatform/contracts/primitives';
import type { PageQuery } from '@eduplatform/contracts/pages';
import { MEMBER_SEPARATOR } from '@eduplatform/contracts/redis-keys';
import type { DirectAnswer, DirectReader } from '../read-model/direct-reader.ts';
import type { Question, Row } from '../read-model/page-script.ts';
import type { Read } from '../read-model/read.ts';
import { decodeCursor, encodeCursor, invalidCursor } from './cursor.ts';
import { pageBody } from './json.ts';
import { queryHash } from './query-hash.ts';

export interface ListQuestion extends Omit<Question, 'page'> {
  list: string;
  descending?: boolean;
  /** What the keys of a member's documents begin with. */
  prefixes: readonly string[];
}

export interface ListPage extends DirectAnswer {
  nextCursor: string | null;
}

/** A page of a list whose members are their own places, in one round trip. Throws invalid_cursor. */
export async function listPage(
  direct: DirectReader,
  read: Read,
  { list, descending = true, prefixes, ...others }: ListQuestion,
  { limit = 20, cursor }: PageQuery,
): Promise<ListPage> {
  const hash = queryHash(list, descending);
  const from = cursor === undefined ? null : checkMember(decodeCursor(cursor, hash));
  const answer = await direct.ask(read, { page: { list, from, limit, descending, prefixes }, ...others });
  const last = answer.rows.at(-1);
  return { ...answer, nextCursor: answer.hasMore && last ? encodeCursor(hash, last.member) : null };
}

/** Checks a member that came from outside. Throws invalid_cursor. */
export function checkMember(text: string): string {
  const parts = text.split(MEMBER_SEPARATOR);
  const id = parts.pop();
  if (id === undefined || !isUuid(id) || parts.length === 0 || !parts.every((part) => /^\d{15}$/.test(part))) {
    throw invalidCursor('it names no place');
  }
  return text;
}

/** A page of stored documents as they are. Throws invalid_cursor. */
export async function storedPage(
  direct: DirectReader,
  read: Read,
  { prefix, ...question }: Pick<ListQuestion, 'list' | 'descending'> & { prefix: string },
  query: PageQuery,
): Promise<Buffer> {
  const { rows, nextCursor } = await listPage(direct, read, { ...question, prefixes: [prefix] }, query);
  return pageBody(storedItems(rows), nextCursor);
}

/** The first document of each member; one that is gone is left out. */
export const storedItems = (rows: readonly Row[]): Buffer[] =>
  rows.flatMap(({ bodies: [body] }) => (body ? [body] : []));
