import type { Question } from '@eduplatform/contracts/questions';
import { documentKeys, listMember, lists } from '@eduplatform/contracts/redis-keys';
import type { Unversioned } from '../draft-change.ts';
import { columnOf } from '../key.ts';
import { keyedProjection, type Finder } from '../keyed.ts';
import { documentsOf, tombstone } from '../tombstone.ts';

const LOAD = `
  select q.id, q.lesson_id as "lessonId", q.title, q.body, q.accepted_answer_id as "acceptedAnswerId",
         q.created_at as "createdAt", u.id as "authorId", u.name as "authorName", u.deleted_at is null as "isKnown",
         q.user_id = c.owner_id as "isTeacher", given.answers
  from questions q
  join users u on u.id = q.user_id
  join courses c on c.id = q.course_id
  cross join lateral (
    select coalesce(jsonb_agg(jsonb_build_object(
             'id', a.id, 'body', a.body, 'createdAtMs', floor(extract(epoch from a.created_at) * 1000),
             'authorId', w.id, 'authorName', w.name, 'isKnown', w.deleted_at is null,
             'isTeacher', a.user_id = c.owner_id) order by a.id), '[]') as answers
    from answers a
    join users w on w.id = a.user_id
    where a.question_id = q.id
  ) given
  where q.id = any($1::uuid[])`;

interface AuthorColumns {
  authorId: string;
  authorName: string;
  /** False: the account was deleted. */
  isKnown: boolean;
  isTeacher: boolean;
}

interface Row extends AuthorColumns {
  id: string;
  lessonId: string;
  title: string;
  body: string;
  acceptedAnswerId: string | null;
  createdAt: Date;
  answers: (AuthorColumns & { id: string; body: string; createdAtMs: number })[];
}

const authorOf = ({ authorId, authorName, isKnown, isTeacher }: AuthorColumns): Question['author'] => ({
  id: isKnown ? authorId : null,
  name: isKnown ? authorName : null,
  isTeacher,
});

function questionDocument(row: Row): Unversioned {
  const { id, lessonId, title, body, acceptedAnswerId, createdAt } = row;
  const question: Question = {
    ...{ id, lessonId, title, body, acceptedAnswerId },
    author: authorOf(row),
    answers: row.answers.map((answer) => ({
      id: answer.id,
      body: answer.body,
      author: authorOf(answer),
      createdAt: new Date(answer.createdAtMs).toISOString(),
    })),
    createdAt: createdAt.toISOString(),
  };
  return {
    key: documentKeys.question(id),
    body: JSON.stringify(question),
    lists: [{ list: lists.questions(lessonId), member: listMember([createdAt.getTime()], id) }],
  };
}

/** Questions that somebody asked or answered. */
const OF_USERS: Finder = {
  statement: `
    select array[id] as key from (
      select id from questions where user_id = any($3::uuid[])
      union
      select question_id from answers where user_id = any($3::uuid[])
    ) theirs
    where id > ($1::uuid[])[1] order by id limit $2`,
  from: {
    'user.changed': ({ userId }) => [[userId]],
    'user.deleted': ({ userId }) => [[userId]],
  },
};

/** Questions on lessons, each with its answers. */
export const questions = keyedProjection<Row>({
  kind: 'questions',
  table: 'questions',
  touches: { 'question.changed': ({ questionId }) => [[questionId]] },
  finders: [OF_USERS],
  all: 'select array[id] as key from questions where id > ($1::uuid[])[1] order by id limit $2',
  async load(db, keys) {
    return (await db.query<Row>({ name: 'load-questions', text: LOAD, values: [columnOf(keys, 0)] })).rows;
  },
  documents: (keys, rows) =>
    documentsOf(keys, rows, {
      keyOf: ({ id }) => [id],
      document: questionDocument,
      burial: ([id = '']) => tombstone(documentKeys.question(id)),
    }),
});
