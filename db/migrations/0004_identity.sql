-- Up Migration

-- People -----------------------------------------------------------------------------------------------------------

alter table users
  add column email_verified_at timestamptz,
  add column suspended_at timestamptz,
  add column suspension_reason text check (length(suspension_reason) <= 1000),
  -- The row stays, without anything personal, because courses, payments and progress refer to it.
  add column deleted_at timestamptz,
  add column language text not null default 'en' check (language in ('en', 'ru')),
  add column email_preference text not null default 'all' check (email_preference in ('all', 'important', 'none')),
  add check ((suspended_at is null) = (suspension_reason is null));

-- What an admin types is the beginning of an email or of a name.
create index users_email_prefix on users (lower(email::text) text_pattern_ops, id);
create index users_name_prefix on users (lower(name) text_pattern_ops, id);

-- Sign-ins ---------------------------------------------------------------------------------------------------------

-- One sign-in, on one device. Its refresh tokens come in generations: those of the current one are exchanged for the
-- next, those of the one before it are forgiven for a few seconds, and any older one ends the session.
create table sessions (
  id uuid primary key default uuidv7(),
  user_id uuid not null references users (id) on delete cascade,
  user_agent text check (length(user_agent) <= 300),
  generation integer not null default 1,
  -- When the current generation began: the last refresh.
  refreshed_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index sessions_user on sessions (user_id, id) where ended_at is null;
create index sessions_age on sessions (expires_at);

create table session_tokens (
  token_hash bytea primary key,
  session_id uuid not null references sessions (id) on delete cascade,
  generation integer not null,
  expires_at timestamptz not null
);
create index session_tokens_session on session_tokens (session_id);
create index session_tokens_age on session_tokens (expires_at);

-- Everybody stays signed in: each exchange so far began a generation.
insert into sessions (id, user_id, generation, refreshed_at, created_at, expires_at, ended_at)
select family_id, min(user_id::text)::uuid, count(distinct created_at), max(created_at), min(created_at),
  max(expires_at), max(revoked_at)
from refresh_tokens group by family_id;
insert into session_tokens (token_hash, session_id, generation, expires_at)
select token_hash, family_id, dense_rank() over (partition by family_id order by created_at), expires_at
from refresh_tokens;
drop table refresh_tokens;

-- What is sent by mail to prove that somebody reads that address. Used or replaced by a newer one, a token is deleted.
create table auth_tokens (
  token_hash bytea primary key,
  user_id uuid not null references users (id) on delete cascade,
  purpose text not null check (purpose in ('password_reset', 'email_verification')),
  -- The address that it was sent to: it proves nothing of another.
  email citext not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  unique (user_id, purpose)
);
create index auth_tokens_age on auth_tokens (expires_at);

-- Mail -------------------------------------------------------------------------------------------------------------

-- Written in the transaction of what the mail tells of, sent by the write API's worker. Holds no tokens: those are made
-- when a mail is sent.
create table mail_queue (
  id uuid primary key default uuidv7(),
  -- Null: nobody has this address. Such a row is made so that asking takes as long for an address that nobody has.
  user_id uuid references users (id) on delete cascade,
  recipient text not null check (length(recipient) <= 254),
  template text not null,
  params jsonb not null default '{}',
  language text not null check (language in ('en', 'ru')),
  created_at timestamptz not null default now(),
  attempts integer not null default 0,
  -- While a worker sends it: when another may take it for lost. Null once it was sent or given up.
  next_attempt_at timestamptz default now(),
  sent_at timestamptz,
  failed_at timestamptz,
  last_error text,
  check ((next_attempt_at is null) = (sent_at is not null or failed_at is not null))
);
create index mail_queue_due on mail_queue (next_attempt_at) where next_attempt_at is not null;
create index mail_queue_user on mail_queue (user_id);
create index mail_queue_age on mail_queue (created_at) where next_attempt_at is null;
