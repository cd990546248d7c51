import { documentKeys, idOfMember, lists } from '@eduplatform/contracts/redis-keys';
import type { DirectReader } from '../read-model/direct-reader.ts';
import { Read } from '../read-model/read.ts';
import type { ServerEvent } from './event-stream.ts';
import { BEFORE_ALL, newsBehind, newsSince, WINDOW, windowOf, type News, type Window } from './window.ts';

export interface Following {
  userId: string;
  /** The notification that the reader saw last. */
  lastId: string | undefined;
  send: (event: ServerEvent) => void;
}

/** Keys whose announcement means that there may be something to tell. */
export const followedKeys = (userId: string): string[] => [lists.notifications(userId), lists.unread(userId)];

/**
 * A function that looks what there is to tell somebody of their notifications, and tells it: new ones, and how many are
 * unread when that has changed. The first look tells what came behind `lastId`. Throws 503 problems.
 */
export function follow(direct: DirectReader, { userId, lastId, send }: Following): (read?: Read) => Promise<void> {
  let seen: Window | null = null;
  let unread: number | null = null;

  return async (read = new Read()) => {
    const { rows, sizes } = await direct.ask(read, {
      page: { list: lists.notifications(userId), from: null, limit: WINDOW, descending: true, prefixes: [] },
      sizes: [lists.unread(userId)],
    });
    const members = rows.map(({ member }) => member);
    const news = seen ? newsSince(seen, members) : newsBehind(lastId, members);
    await tell(read, news);
    // The first event says from where on the reader knows everything, whatever comes next.
    const newest = members[0] === undefined ? BEFORE_ALL : idOfMember(members[0]);
    if (news === null) send({ event: 'reset', data: '{}', id: newest });
    if (sizes[0] !== undefined && sizes[0] !== unread) {
      unread = sizes[0];
      send({ event: 'unread', data: String(unread), ...(seen === null && { id: newest }) });
    }
    seen = windowOf(members);
  };

  async function tell(read: Read, news: News): Promise<void> {
    if (!news || news.length === 0) return;
    const { bodies } = await direct.ask(read, { bodies: news.map(documentKeys.notification) });
    for (const [index, id] of news.entries()) {
      const body = bodies[index];
      if (body) send({ event: 'notification', data: body.toString(), id });
    }
  }
}
