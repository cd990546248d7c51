import type { EnrollmentCount } from '@eduplatform/contracts/learning';
import type { PageQuery } from '@eduplatform/contracts/pages';
import { documentKeys, lists } from '@eduplatform/contracts/redis-keys';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { arrayOf, pageBody, parseDocument, withMembers } from '../answers/json.ts';
import { listPage, storedItems } from '../answers/list-page.ts';
import type { DirectReader } from '../read-model/direct-reader.ts';
import type { Read } from '../read-model/read.ts';

/** Courses on a teacher's page. */
const FIRST_COURSES = 20;

/** The public profile of a teacher with the latest of their courses. Throws teacher_not_found. */
export async function teacherPage(direct: DirectReader, read: Read, teacherId: string): Promise<Buffer> {
  const { rows, bodies } = await direct.ask(read, {
    page: {
      ...{ list: lists.offered(teacherId), from: null, limit: FIRST_COURSES, descending: true },
      prefixes: [documentKeys.card('')],
    },
    bodies: [documentKeys.teacher(teacherId)],
  });
  const [profile] = bodies;
  if (!profile) throw new ProblemError('teacher_not_found');
  return withMembers(profile, { courses: arrayOf(storedItems(rows)) });
}

/** The published courses of who asks, archived ones too, with their live counts. Throws invalid_cursor. */
export async function taughtPage(direct: DirectReader, read: Read, userId: string, query: PageQuery): Promise<Buffer> {
  const prefixes = [documentKeys.card(''), documentKeys.stats('')];
  const { rows, nextCursor } = await listPage(direct, read, { list: lists.taught(userId), prefixes }, query);
  const items = rows.flatMap(({ bodies: [card, stats] }) => {
    const count = stats ? parseDocument<EnrollmentCount>(stats).count : 0;
    return card ? [withMembers(card, { studentCount: Buffer.from(String(count)) })] : [];
  });
  return pageBody(items, nextCursor);
}
