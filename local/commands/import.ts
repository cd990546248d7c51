/** `npm run import -- FOLDER --teacher EMAIL`: makes a draft course of a folder of Markdown. */
import { parseArgs } from 'node:util';
import { OutboxNotifier } from '@eduplatform/db/outbox-notifier';
import { createPool } from '@eduplatform/db/pool';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { findTeacher, importCourse, ImportError } from '@eduplatform/seed/import-course';
import { CourseFolderError, readCourseFolder } from '@eduplatform/seed/read-folder';
import { databaseOfStack, storefrontOfStack } from './running-stack.ts';

const USAGE = 'For example: npm run import -- courses/bread --teacher teacher@eduplatform.com';

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { teacher: { type: 'string' } } });
  const [folder] = positionals;
  if (!folder || !values.teacher) throw new ImportError(`Which folder, and whose course? ${USAGE}`);
  const databaseUrl = await databaseOfStack();
  const onError = (error: Error): void => void process.stderr.write(`${error.message}\n`);
  const pool = createPool({ connectionString: databaseUrl, applicationName: 'import', onError, max: 2 });
  const notifier = new OutboxNotifier({ connectionString: databaseUrl, onError });
  try {
    const teacher = await findTeacher(pool, values.teacher);
    const source = await readCourseFolder(folder, { teacher });
    const courseId = await importCourse(pool, source, teacher, showProgress);
    notifier.wake();
    process.stdout.write(
      `\n“${source.title}” is a draft now. Look it over and publish it: ${await studioOf(courseId)}\n`,
    );
  } finally {
    await notifier.close();
    await pool.end();
  }
}

function showProgress(done: number, total: number): void {
  if (process.stdout.isTTY) process.stdout.write(`\r${done} of ${total} lessons`);
}

const studioOf = async (courseId: string): Promise<string> =>
  new URL(`/studio/courses/${courseId}`, await storefrontOfStack()).href;

try {
  await main();
} catch (error) {
  const isForPeople =
    error instanceof ImportError ||
    error instanceof CourseFolderError ||
    error instanceof ProblemError ||
    (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(`${isForPeople ? (error as Error).message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
}
