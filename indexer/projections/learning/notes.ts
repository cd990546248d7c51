import type { Note } from '@eduplatform/contracts/learning';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import type { Unversioned } from '../draft-change.ts';
import { columnOf } from '../key.ts';
import { keyedProjection } from '../keyed.ts';
import { documentsOf, tombstone } from '../tombstone.ts';

const LOAD = `
  select n.user_id as "userId", n.lesson_id as "lessonId", n.text, n.version, n.updated_at as "updatedAt"
  from unnest($1::uuid[], $2::uuid[]) as asked (user_id, lesson_id)
  join notes n using (user_id, lesson_id)`;

interface Row {
  userId: string;
  lessonId: string;
  text: string;
  version: number;
  updatedAt: Date;
}

function noteDocument({ userId, lessonId, text, version, updatedAt }: Row): Unversioned {
  const note: Note = { lessonId, text, version, updatedAt: updatedAt.toISOString() };
  return { key: documentKeys.note(userId, lessonId), body: JSON.stringify(note) };
}

/** What people write down for themselves beside a lesson. */
export const notes = keyedProjection<Row>({
  kind: 'notes',
  table: 'notes',
  touches: { 'note.changed': ({ userId, lessonId }) => [[userId, lessonId]] },
  all: `
    select array[user_id, lesson_id] as key from notes
    where (user_id, lesson_id) > (($1::uuid[])[1], ($1::uuid[])[2]) order by user_id, lesson_id limit $2`,
  async load(db, keys) {
    const values = [columnOf(keys, 0), columnOf(keys, 1)];
    return (await db.query<Row>({ name: 'load-notes', text: LOAD, values })).rows;
  },
  documents: (keys, rows) =>
    documentsOf(keys, rows, {
      keyOf: ({ userId, lessonId }) => [userId, lessonId],
      document: noteDocument,
      burial: ([userId = '', lessonId = '']) => tombstone(documentKeys.note(userId, lessonId)),
    }),
});
