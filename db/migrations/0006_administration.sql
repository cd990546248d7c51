-- Up Migration

-- Pages of all verified teachers, newest first.
create index users_verified_teachers on users (id) where role = 'teacher' and is_verified;

-- What admins tell everybody. People are told in chunks, each in a transaction of its own, in the order of their ids:
-- one transaction for a million notifications would hold back the outbox.
create table announcements (
  id uuid primary key default uuidv7(),
  created_by uuid not null references users (id),
  title text not null check (length(title) between 1 and 200),
  text text not null check (length(text) between 1 and 5000),
  link text check (length(link) <= 300),
  created_at timestamptz not null default now(),
  -- The last user who was told; null at the beginning.
  last_user_id uuid,
  finished_at timestamptz
);
create index announcements_unfinished on announcements (id) where finished_at is null;
