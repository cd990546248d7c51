import type { CourseOutline, StoredLearning } from '@eduplatform/contracts/learning';
import type { PageQuery } from '@eduplatform/contracts/pages';
import { documentKeys, lists } from '@eduplatform/contracts/redis-keys';
import { pageBody, parseDocument, withMembers } from '../answers/json.ts';
import { listPage } from '../answers/list-page.ts';
import { figuresOf } from '../progress/progress.ts';
import type { DirectReader } from '../read-model/direct-reader.ts';
import type { Read } from '../read-model/read.ts';

/** Somebody's enrollments, the latest first, with the cards of their courses. Throws invalid_cursor. */
export async function enrollmentPage(
  direct: DirectReader,
  read: Read,
  userId: string,
  query: PageQuery,
): Promise<Buffer> {
  const prefixes = [documentKeys.learning(userId, ''), documentKeys.card('')];
  const { rows, nextCursor } = await listPage(direct, read, { list: lists.enrollments(userId), prefixes }, query);
  const items = rows.flatMap(({ bodies: [learning, card = null] }) =>
    learning ? [withMembers(enrollmentOf(parseDocument<StoredLearning>(learning)), { course: card })] : [],
  );
  return pageBody(items, nextCursor);
}

/** The courses that somebody goes on with, by their last activity, with progress. Throws invalid_cursor. */
export async function learningPage(
  direct: DirectReader,
  read: Read,
  userId: string,
  query: PageQuery,
): Promise<Buffer> {
  const prefixes = [documentKeys.learning(userId, ''), documentKeys.card(''), documentKeys.outline('')];
  const { rows, nextCursor } = await listPage(direct, read, { list: lists.learning(userId), prefixes }, query);
  const items = rows.flatMap(({ bodies: [learning, card = null, outline] }) => {
    if (!learning) return [];
    const stored = parseDocument<StoredLearning>(learning);
    const figures = figuresOf(stored, outline ? parseDocument<CourseOutline>(outline) : null);
    const item = { ...enrollmentOf(stored), ...figures, lastActivityAt: stored.lastActivityAt };
    return [withMembers(item, { course: card })];
  });
  return pageBody(items, nextCursor);
}

const enrollmentOf = (stored: StoredLearning) => {
  const { enrollmentId: id, courseId, courseTitle, paymentId, enrolledAt, completion } = stored;
  return { id, courseId, courseTitle, paymentId, enrolledAt, completion };
};
