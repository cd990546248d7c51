import type { AnnouncementBody, AnnouncementResult } from '@eduplatform/contracts/http/admin';
import type { Tx } from '@eduplatform/db/transaction';
import { record, type CommandContext, type CommandOutcome } from '../../commands/outcome.ts';
import { audit } from '../audit.ts';
import { tellFirst } from './tell.ts';

const INSERT = `
  insert into announcements (created_by, title, text, link, created_at) values ($1, $2, $3, $4, $5) returning id`;

/** Tells everybody something. The first people learn of it at once, the others from the worker. */
export async function announce(
  tx: Tx,
  { actor, now }: CommandContext,
  { title, text, link }: AnnouncementBody,
): Promise<CommandOutcome<AnnouncementResult>> {
  const values = [actor.id, title.trim(), text.trim(), link ?? null, now];
  const { rows } = await tx.query<{ id: string }>(INSERT, values);
  const announcementId = rows[0]?.id ?? '';
  await audit(tx, actor, 'announcement.create', { type: 'announcement', id: announcementId }, { title, text, link });
  const position = await record(tx, await tellFirst(tx, announcementId, now));
  return { result: { announcementId }, position };
}
