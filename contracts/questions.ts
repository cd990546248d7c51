import { Type, type Static } from '@sinclair/typebox';
import { pageOf } from './pages.ts';
import { nullable, Timestamp, Uuid } from './primitives.ts';

const Author = Type.Object(
  { id: nullable(Uuid), name: nullable(Type.String()), isTeacher: Type.Boolean({ description: 'Of this course' }) },
  { $id: 'Author', description: 'All null: the account was deleted' },
);

/** A question with all of its answers. Document `question:<id>`. */
export const Question = Type.Object(
  {
    id: Uuid,
    lessonId: Uuid,
    title: Type.String(),
    body: Type.String(),
    author: Author,
    acceptedAnswerId: nullable(Uuid),
    answers: Type.Array(Type.Object({ id: Uuid, body: Type.String(), author: Author, createdAt: Timestamp })),
    createdAt: Timestamp,
  },
  { $id: 'Question' },
);
export type Question = Static<typeof Question>;
export const QuestionPage = pageOf(Question, 'QuestionPage');
