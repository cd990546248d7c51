import { event, eventsOf, type Happening } from './school.ts';

interface ReviewKeys {
  reviewId: string;
  courseId: string;
  userId: string;
}
const REVIEW = 'id as "reviewId", course_id as "courseId", user_id as "userId"';
/** A row of a table by chance: `$1` is any text. */
const any = (table: string): string => `(select id from ${table} order by md5(id::text || $1) limit 1)`;

const review =
  (statement: string): Happening =>
  async ({ random }, tx) => {
    const { rows } = await tx.query<ReviewKeys>(`${statement} returning ${REVIEW}`, [String(random.below(1000))]);
    return eventsOf(rows, (keys) => event('review.changed', keys));
  };

const RATE = `
  insert into reviews (course_id, user_id, rating, text)
  select e.course_id, e.user_id, 1 + ('x' || left(md5($1), 4))::bit(16)::int % 5, 'I think so'
  from enrollments e join users u on u.id = e.user_id and u.deleted_at is null
  where e.id = ${any('enrollments')}
  on conflict (course_id, user_id) do update
    set rating = excluded.rating, version = reviews.version + 1, updated_at = now()`;

interface QuestionKeys {
  questionId: string;
  lessonId: string;
}

const question =
  (statement: string): Happening =>
  async ({ random, students, teachers }, tx) => {
    const values = [String(random.below(1000)), random.pick([...students, ...teachers])];
    const { rows } = await tx.query<QuestionKeys>(statement, values);
    return eventsOf(rows, (keys) => event('question.changed', keys));
  };

const ASK = `
  insert into questions (lesson_id, course_id, user_id, title, body)
  select lesson_id, course_id, $2, 'Why?', $1 from live_lessons order by md5(lesson_id::text || $1) limit 1
  returning id as "questionId", lesson_id as "lessonId"`;
const ANSWER = `
  with given as (
    insert into answers (question_id, user_id, body) select id, $2, $1 from questions where id = ${any('questions')}
    returning question_id
  )
  select id as "questionId", lesson_id as "lessonId" from questions where id in (select question_id from given)`;
const ACCEPT = `
  update questions q set accepted_answer_id = case when $2::uuid is not null then a.id end
  from answers a where a.id = ${any('answers')} and a.question_id = q.id
  returning q.id as "questionId", q.lesson_id as "lessonId"`;
const TAKE_BACK = `
  with taken as (delete from answers where id = ${any('answers')} and user_id = $2 returning question_id)
  select id as "questionId", lesson_id as "lessonId" from questions where id in (select question_id from taken)`;
const WITHDRAW = `
  delete from questions where id = ${any('questions')} and user_id = $2
  returning id as "questionId", lesson_id as "lessonId"`;

export const inTalk: Happening[] = [
  review(RATE),
  review(RATE),
  review(RATE),
  review(RATE),
  review(`update reviews set reply = 'Thank you', replied_at = now() where id = ${any('reviews')}`),
  review(
    `update reviews set hidden_at = case when hidden_at is null then now() end,
       hidden_reason = case when hidden_at is null then 'Rude' end
     where id = ${any('reviews')}`,
  ),
  review(`delete from reviews where id = ${any('reviews')}`),
  question(ASK),
  question(ANSWER),
  question(ANSWER),
  question(ACCEPT),
  question(TAKE_BACK),
  question(WITHDRAW),
];
