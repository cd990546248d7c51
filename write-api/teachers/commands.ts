import type { TeacherApplicationBody, TeacherApplicationResult } from '@eduplatform/contracts/http/admin';
import type { Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { record, type CommandContext, type CommandOutcome } from '../commands/outcome.ts';
import { userEvent } from '../users/users.ts';
import { assertMayApply, tidyApplication } from './application.ts';

const INSERT = `
  insert into teacher_applications (user_id, bio, links) values ($1, $2, $3)
  on conflict (user_id) where status = 'pending' do nothing returning id`;

/** The public page says what the application said, unless it says something already. */
const BECOME_TEACHER = `
  update users set role = case role when 'student' then 'teacher' else role end,
    bio = case bio when '' then $2 else bio end, version = version + 1
  where id = $1 returning version`;

/**
 * Applies as a teacher. The applicant may draft courses at once, and publish them when an admin has verified them.
 * Throws already_verified, application_pending.
 */
export async function applyAsTeacher(
  tx: Tx,
  { actor }: CommandContext,
  body: TeacherApplicationBody,
): Promise<CommandOutcome<TeacherApplicationResult>> {
  assertMayApply(actor);
  const { bio, links } = tidyApplication(body);
  const { rows } = await tx.query<{ id: string }>(INSERT, [actor.id, bio, links]);
  if (!rows[0]) throw new ProblemError('application_pending');
  const updated = await tx.query<{ version: number }>(BECOME_TEACHER, [actor.id, bio]);
  const position = await record(tx, [userEvent('user.changed', actor.id, updated.rows[0]?.version ?? 0)]);
  return { result: { applicationId: rows[0].id, status: 'pending', userId: actor.id }, position };
}
