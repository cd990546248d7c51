import { isDeepStrictEqual } from 'node:util';
import type { Static } from '@sinclair/typebox';
import type { CourseCommandResult, PublishResult } from '@eduplatform/contracts/http/studio';
import type { Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { record, type CommandContext, type CommandOutcome } from '../commands/outcome.ts';
import { followPublication } from '../enrollments/follow-publication.ts';
import { auditCourse } from './audit-course.ts';
import { checklistOf } from './checklist.ts';
import { saveCourse } from './course-store.ts';
import { assertMayPublish, type Course } from './course.ts';
import { loadDraft, type DraftModule } from './draft.ts';
import { openCourse } from './edit-draft.ts';
import { countLessonChanges } from './lesson-changes.ts';
import { renderDraft } from './render-draft.ts';
import { insertRevision, latestRevision, replaceLiveLessons, type StoredRevision } from './revision-store.ts';
import { buildRevision } from './revision.ts';

/**
 * Stores the draft as the next revision and shows it to readers. When the live revision already says exactly the same,
 * nothing is stored and the answer names that revision.
 */
export async function publishCourse(
  tx: Tx,
  context: CommandContext,
  courseId: string,
  expectedVersion: number,
): Promise<CommandOutcome<Static<typeof PublishResult>>> {
  const course = await openCourse(tx, context, { by: 'course', id: courseId }, expectedVersion);
  assertMayPublish(context.actor);
  if (course.liveRevision !== null && course.publishedVersion === course.version) {
    return unchanged(tx, course, course.liveRevision);
  }
  const modules = await loadDraft(tx, courseId);
  assertPublishable(course, modules);
  const latest = await latestRevision(tx, courseId);
  const rendered = await renderDraft(course.descriptionMd, modules);
  const content = buildRevision(course, modules, { rendered, previous: latest?.content ?? null, now: context.now });
  if (course.liveRevision !== null && course.liveRevision === latest?.revision && isSame(content, latest)) {
    await tx.query('update courses set published_version = version where id = $1', [courseId]);
    return unchanged(tx, course, course.liveRevision);
  }

  const revision = (latest?.revision ?? 0) + 1;
  const { actor, now } = context;
  await insertRevision(tx, { courseId, revision, content, publishedBy: actor.id, publishedAt: now });
  await replaceLiveLessons(
    tx,
    courseId,
    modules.flatMap(({ lessons }) => lessons.map(({ id }) => id)),
  );
  await auditCourse(tx, actor, course, 'publish', { revision });
  const version = await saveCourse(tx, {
    ...course,
    publishedVersion: course.version + 1,
    liveRevision: revision,
    firstPublishedAt: course.firstPublishedAt ?? now,
    publishedAt: now,
  });
  const lessons = countLessonChanges(latest?.content ?? null, content);
  const isBack = course.liveRevision === null && latest !== undefined;
  const publication = { courseId, slug: course.slug, title: content.title, isBack, ...lessons };
  const told = await followPublication(tx, publication, now);
  const position = await record(tx, [
    {
      type: 'course.published',
      aggregateType: 'course',
      aggregateId: courseId,
      aggregateVersion: version,
      payload: { courseId, revision, previousRevision: course.liveRevision },
    },
    ...told,
  ]);
  return { result: { courseId, version, revision, slug: course.slug }, position };
}

async function unchanged(tx: Tx, { id, version, slug }: Course, revision: number) {
  return { result: { courseId: id, version, revision, slug }, position: await record(tx, []) };
}

/** Compared as JSON, which is how revisions are stored. */
const isSame = (content: object, stored: StoredRevision): boolean =>
  isDeepStrictEqual(JSON.parse(JSON.stringify(content)), stored.content);

function assertPublishable(course: Course, modules: DraftModule[]): void {
  const missing = checklistOf(course, modules).filter(({ ok }) => !ok);
  if (missing.length === 0) return;
  throw new ProblemError('not_publishable', missing.map(({ message }) => message).join('. '), {
    errors: missing.map(({ code, message }) => ({ path: `checklist/${code}`, message })),
  });
}

/** Hides the course from readers, also out of the archive; its revisions stay. */
export async function unpublishCourse(
  tx: Tx,
  context: CommandContext,
  courseId: string,
  expectedVersion: number,
): Promise<CommandOutcome<CourseCommandResult>> {
  const course = await openCourse(tx, context, { by: 'course', id: courseId }, expectedVersion);
  if (course.liveRevision === null) throw new ProblemError('not_published');
  await replaceLiveLessons(tx, courseId, []);
  await auditCourse(tx, context.actor, course, 'unpublish');
  const version = await saveCourse(tx, { ...course, liveRevision: null, publishedVersion: null, archivedAt: null });
  const position = await record(tx, [
    {
      type: 'course.unpublished',
      aggregateType: 'course',
      aggregateId: courseId,
      aggregateVersion: version,
      payload: { courseId, revision: course.liveRevision },
    },
  ]);
  return { result: { courseId, version }, position };
}
