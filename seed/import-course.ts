import type { CommandContext } from '@eduplatform/write-api/commands/outcome';
import { createCourse } from '@eduplatform/write-api/courses/commands';
import { addLesson } from '@eduplatform/write-api/lessons/commands';
import { checkMarkdown } from '@eduplatform/write-api/markdown/checks';
import { addModule } from '@eduplatform/write-api/modules/commands';
import { transaction, type Queryable } from '@eduplatform/db/transaction';
import type pg from 'pg';
import type { CourseSource, TeacherSource } from './course-source.ts';

/** Why a course cannot be imported, in words for the person who runs the command. */
export class ImportError extends Error {}

export interface Teacher extends TeacherSource {
  id: string;
}

const FIND_TEACHER = `select id, name, email, bio, role from users where email = $1`;

/** The user that the course will belong to. Throws ImportError when there is none who may teach. */
export async function findTeacher(db: Queryable, email: string): Promise<Teacher> {
  const { rows } = await db.query<Teacher & { role: string }>(FIND_TEACHER, [email]);
  if (!rows[0]) throw new ImportError(`Nobody has registered as ${email}.`);
  if (rows[0].role === 'student')
    throw new ImportError(`${email} is a student; only teachers and admins have courses.`);
  return rows[0];
}

/** What the write API would refuse in the texts of a course, one line each. */
export function refusals(source: CourseSource): string[] {
  const texts: [string, string][] = [
    ['the description', source.descriptionMd],
    ...source.modules.flatMap(({ title, lessons }) =>
      lessons.map((lesson): [string, string] => [`“${lesson.title}” in “${title}”`, lesson.bodyMd]),
    ),
  ];
  return texts.flatMap(([where, text]) =>
    checkMarkdown(text).map(({ line, message }) => `${where}, line ${line} of its text: ${message}`),
  );
}

/**
 * Makes a draft of the course through the write API's own commands, in one transaction: all of it or nothing.
 * Answers the id of the course. Throws ImportError or the commands' ProblemError.
 */
export async function importCourse(
  pool: pg.Pool,
  source: CourseSource,
  teacher: Teacher,
  onProgress: (done: number, total: number) => void,
): Promise<string> {
  const refused = refusals(source);
  if (refused.length > 0) throw new ImportError(`The course was not imported:\n  ${refused.join('\n  ')}`);
  const total = source.modules.reduce((sum, { lessons }) => sum + lessons.length, 0);
  const context: CommandContext = { actor: { id: teacher.id, role: 'teacher', isVerified: false }, now: new Date() };
  return transaction(pool, async (tx) => {
    const { result: created } = await createCourse(tx, context, {
      title: source.title,
      subtitle: source.subtitle,
      descriptionMd: source.descriptionMd,
      language: source.language,
      level: source.level,
      category: source.categorySlug,
      price: source.price,
      outcomes: source.outcomes,
    });
    let { version } = created;
    let done = 0;
    for (const module of source.modules) {
      const { result: added } = await addModule(tx, context, created.courseId, version, { title: module.title });
      version = added.version;
      if (!added.id) throw new Error('adding a module answered no id');
      for (const lesson of module.lessons) {
        version = (await addLesson(tx, context, added.id, version, lesson)).result.version;
        onProgress((done += 1), total);
      }
    }
    return created.courseId;
  });
}
