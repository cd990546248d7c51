import type { CourseCommandResult, CreateCourseBody, PatchCourseBody } from '@eduplatform/contracts/http/studio';
import { sqlState, type Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { record, type CommandContext, type CommandOutcome } from '../commands/outcome.ts';
import { unknownCategory } from '../errors.ts';
import { assertMarkdown } from '../markdown/refuse.ts';
import { categoryExists, insertCourse, takenSlugs } from './course-store.ts';
import { assertMayTeach, patchCourse, tidy, tidyPrice, type Course } from './course.ts';
import { editDraft } from './edit-draft.ts';
import { assertSlugAllowed, freeSlug, slugFromTitle } from './slug.ts';

type Outcome = Promise<CommandOutcome<CourseCommandResult>>;

/** Makes a draft that belongs to the actor. Without a slug it gets a free one made from its title. */
export async function createCourse(tx: Tx, { actor, now }: CommandContext, body: CreateCourseBody): Outcome {
  assertMayTeach(actor);
  if (body.slug !== undefined) assertSlugAllowed(body.slug);
  assertMarkdown({ 'body/descriptionMd': body.descriptionMd });
  if (!(await categoryExists(tx, body.category))) throw unknownCategory();
  const course: Omit<Course, 'id'> = {
    ownerId: actor.id,
    slug: '',
    title: tidy(body.title),
    subtitle: tidy(body.subtitle ?? ''),
    descriptionMd: body.descriptionMd ?? '',
    language: body.language ?? 'en',
    level: body.level ?? 'beginner',
    category: body.category,
    price: tidyPrice(body.price ?? null),
    outcomes: (body.outcomes ?? []).map(tidy),
    version: 1,
    publishedVersion: null,
    liveRevision: null,
    firstPublishedAt: null,
    publishedAt: null,
    archivedAt: null,
    updatedAt: now,
  };
  const id = await insertWithSlug(tx, course, body.slug);
  const position = await record(tx, [
    {
      type: 'course.draft_changed',
      aggregateType: 'course',
      aggregateId: id,
      aggregateVersion: 1,
      payload: { courseId: id, change: 'created' },
    },
  ]);
  return { result: { courseId: id, version: 1, id }, position };
}

async function insertWithSlug(tx: Tx, course: Omit<Course, 'id'>, given: string | undefined): Promise<string> {
  const base = given ?? slugFromTitle(course.title);
  for (;;) {
    const slug = given ?? freeSlug(base, await takenSlugs(tx, base));
    const id = await insertCourse(tx, { ...course, slug });
    if (id !== undefined) return id;
    if (given !== undefined) throw slugTaken(given);
    // Somebody else took the slug after we looked: look again.
  }
}

const UNIQUE_VIOLATION = '23505';

const slugTaken = (slug: string, cause?: unknown): ProblemError =>
  new ProblemError('slug_taken', `another course has the slug "${slug}"`, { cause });

/** Changes fields of the course itself. */
export function changeCourse(
  tx: Tx,
  context: CommandContext,
  courseId: string,
  expectedVersion: number,
  patch: PatchCourseBody,
): Outcome {
  return editDraft(tx, context, { by: 'course', id: courseId }, expectedVersion, async (course) => {
    const next = patchCourse(course, patch);
    if (!next) return null;
    if (next.slug !== course.slug) await assertSlugFree(tx, next.slug);
    if (next.category !== course.category && !(await categoryExists(tx, next.category))) throw unknownCategory();
    assertMarkdown({ 'body/descriptionMd': patch.descriptionMd });
    return { change: 'course', course: next };
  }).catch((error: unknown) => {
    // Two courses took the same slug at the same time.
    throw sqlState(error) === UNIQUE_VIOLATION ? slugTaken(patch.slug ?? '', error) : error;
  });
}

async function assertSlugFree(tx: Tx, slug: string): Promise<void> {
  assertSlugAllowed(slug);
  if ((await takenSlugs(tx, slug)).has(slug)) throw slugTaken(slug);
}
