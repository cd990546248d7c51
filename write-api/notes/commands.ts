import type { Static } from '@sinclair/typebox';
import type { NoteBody, NoteResult } from '@eduplatform/contracts/http/learning';
import type { Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { record, type CommandContext, type CommandOutcome } from '../commands/outcome.ts';
import { loadCourseOfLesson } from '../courses/live-course.ts';
import { canOpenLesson } from '../enrollments/lesson-access.ts';
import { NO_NOTE, writeNote, type Note } from './note.ts';

type Outcome = CommandOutcome<Static<typeof NoteResult>>;

const CREATE = `
  insert into notes (user_id, lesson_id, course_id, text, updated_at) values ($1, $2, $3, $4, $5)
  on conflict (user_id, lesson_id) do nothing`;

/** Writes the actor's private note on a lesson, or deletes it. Throws lesson_not_found, not_enrolled, version_conflict. */
export async function putNote(
  tx: Tx,
  { actor, now }: CommandContext,
  lessonId: string,
  { text, version }: Static<typeof NoteBody>,
): Promise<Outcome> {
  const course = await loadCourseOfLesson(tx, lessonId);
  if (!(await canOpenLesson(tx, course, lessonId, actor))) throw new ProblemError('not_enrolled');
  const key = [actor.id, lessonId];
  const note = await lockNote(tx, key);
  const next = writeNote(note, text, version);
  if (!next) return { result: { lessonId, version: note.version }, position: await record(tx, []) };
  if (next.text === '') await tx.query('delete from notes where user_id = $1 and lesson_id = $2', key);
  else if (note.version === 0) await create(tx, [...key, course.id, next.text, now]);
  else {
    await tx.query('update notes set text = $3, version = $4, updated_at = $5 where user_id = $1 and lesson_id = $2', [
      ...key,
      next.text,
      next.version,
      now,
    ]);
  }
  const event = {
    type: 'note.changed',
    aggregateType: 'note',
    aggregateId: key.join('/'),
    aggregateVersion: next.version || note.version + 1,
    payload: { userId: actor.id, lessonId },
  } as const;
  return { result: { lessonId, version: next.version }, position: await record(tx, [event]) };
}

async function lockNote(tx: Tx, key: string[]): Promise<Note> {
  const { rows } = await tx.query<Note>(
    'select text, version from notes where user_id = $1 and lesson_id = $2 for update',
    key,
  );
  return rows[0] ?? NO_NOTE;
}

/** On two devices at the same moment: the second has not seen the first. */
async function create(tx: Tx, values: unknown[]): Promise<void> {
  const { rowCount } = await tx.query(CREATE, values);
  if (rowCount !== 1) throw new ProblemError('version_conflict', 'this note was written at the same moment');
}
