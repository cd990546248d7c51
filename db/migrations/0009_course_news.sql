-- Up Migration

-- What the students of a course still have to be told of a publication. They are told in chunks, in the order of their
-- ids: one transaction for all students would hold back the outbox, and everybody who learns in the course. A row goes
-- when everybody was told.
create table course_news (
  id uuid primary key default uuidv7(),
  course_id uuid not null references courses (id) on delete cascade,
  params jsonb not null,
  link text not null,
  created_at timestamptz not null,
  -- The last student who was told; null at the beginning.
  last_user_id uuid
);
create index course_news_course on course_news (course_id);
