-- Up Migration

create extension if not exists citext;

-- People -----------------------------------------------------------------------------------------------------------

create table users (
  id uuid primary key default uuidv7(),
  email citext not null unique check (length(email) <= 254),
  password_hash text not null,
  name text not null check (length(name) between 1 and 100),
  bio text not null default '' check (length(bio) <= 2000),
  role text not null default 'student' check (role in ('student', 'teacher', 'admin')),
  is_verified boolean not null default false,
  is_demo boolean not null default false,
  version bigint not null default 1,
  created_at timestamptz not null default now()
);

-- A family is one sign-in; each refresh replaces its token. Only hashes are stored.
create table refresh_tokens (
  id uuid primary key default uuidv7(),
  family_id uuid not null,
  user_id uuid not null references users (id) on delete cascade,
  token_hash bytea not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  replaced_at timestamptz,
  revoked_at timestamptz
);
create index refresh_tokens_family on refresh_tokens (family_id);
create index refresh_tokens_user on refresh_tokens (user_id);

-- Courses: the draft that its teacher edits -------------------------------------------------------------------------

create table categories (
  slug text primary key check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name_en text not null,
  name_ru text not null,
  hue smallint not null check (hue between 0 and 360),
  motif text not null,
  sort_order integer not null default 0
);

create table courses (
  id uuid primary key default uuidv7(),
  owner_id uuid not null references users (id),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) between 3 and 80),
  title text not null check (length(title) between 1 and 120),
  subtitle text not null default '',
  description_md text not null default '',
  language text not null default 'en' check (language in ('en', 'ru')),
  level text not null default 'beginner' check (level in ('beginner', 'intermediate', 'advanced')),
  category_slug text not null references categories (slug) on update cascade,
  price_amount integer check (price_amount > 0),
  price_currency text check (price_currency ~ '^[A-Z]{3}$'),
  outcomes text[] not null default '{}',
  -- Version of the draft with its modules and lessons: what If-Match carries.
  version bigint not null default 1,
  -- Version of the draft that the live revision was made from.
  published_version bigint,
  -- The revision that readers see; null when the course is not published.
  live_revision integer,
  first_published_at timestamptz,
  published_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((price_amount is null) = (price_currency is null))
);
create index courses_owner on courses (owner_id, id);
create index courses_live_category on courses (category_slug) where live_revision is not null;

create table modules (
  id uuid primary key default uuidv7(),
  course_id uuid not null references courses (id) on delete cascade,
  title text not null check (length(title) between 1 and 120),
  sort_order integer not null
);
create index modules_course on modules (course_id, sort_order);

create table lessons (
  id uuid primary key default uuidv7(),
  course_id uuid not null references courses (id) on delete cascade,
  module_id uuid not null references modules (id) on delete cascade,
  title text not null check (length(title) between 1 and 160),
  body_md text not null default '' check (length(body_md) <= 200000),
  is_free_preview boolean not null default false,
  duration_minutes integer not null default 0 check (duration_minutes between 0 and 1440),
  sort_order integer not null
);
create index lessons_course on lessons (course_id);
create index lessons_module on lessons (module_id, sort_order);

-- What readers see: immutable revisions -----------------------------------------------------------------------------

create table course_revisions (
  course_id uuid not null references courses (id) on delete cascade,
  revision integer not null,
  content jsonb not null,
  published_by uuid not null references users (id),
  published_at timestamptz not null default now(),
  primary key (course_id, revision)
);
alter table courses add foreign key (id, live_revision) references course_revisions (course_id, revision)
  deferrable initially deferred;

-- Where a live lesson is found: kept with the live revision, so that one lesson can be loaded by its id.
create table live_lessons (
  lesson_id uuid primary key,
  course_id uuid not null references courses (id) on delete cascade
);
create index live_lessons_course on live_lessons (course_id);

-- Commands that may be retried --------------------------------------------------------------------------------------

create table idempotency_keys (
  user_id uuid not null references users (id) on delete cascade,
  key text not null check (length(key) between 1 and 200),
  request_hash bytea not null,
  -- Null while the command runs.
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (user_id, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);

-- The outbox --------------------------------------------------------------------------------------------------------

-- One row. `history` grows when the database was restored from a copy, `epoch` with each new leader of the indexer.
create table stream_state (
  is_only_row boolean primary key default true check (is_only_row),
  history integer not null default 1,
  epoch integer not null default 0,
  redis_generation integer not null default 0,
  search_generation integer not null default 0,
  system_identifier text,
  timeline integer,
  database_oid oid
);
insert into stream_state default values;

create function current_history() returns integer language sql stable
  return (select history from stream_state);

-- Append-only. Read in the order of (transaction_id, position) below pg_snapshot_xmin: positions alone are given out
-- before commit, so a reader that remembers only the last one it saw would skip a transaction that commits late.
create table outbox (
  transaction_id xid8 not null default pg_current_xact_id(),
  position bigint generated always as identity,
  id uuid not null default uuidv7(),
  history integer not null default current_history(),
  aggregate_type text not null,
  aggregate_id text not null,
  aggregate_version bigint not null,
  type text not null,
  payload jsonb not null,
  trace_parent text,
  occurred_at timestamptz not null default clock_timestamp()
) partition by range (occurred_at);
create index outbox_stream on outbox (transaction_id, position);
create index outbox_aggregate on outbox (aggregate_id, position);

-- Holds rows for which no partition was made in time; empty in normal operation.
create table outbox_default partition of outbox default;

-- Makes the monthly partitions from the month of `start` on. Safe to call again.
create function make_outbox_partitions(start timestamptz, months integer) returns void language plpgsql as $$
declare
  month_start timestamptz;
begin
  for offset_months in 0 .. months - 1 loop
    month_start := date_trunc('month', start, 'UTC') + make_interval(months => offset_months);
    execute format(
      'create table if not exists %I partition of outbox for values from (%L) to (%L)',
      'outbox_' || to_char(month_start at time zone 'UTC', 'YYYY_MM'),
      month_start,
      date_trunc('month', month_start + interval '32 days', 'UTC')
    );
  end loop;
end
$$;

-- A copy of each sink's checkpoint for operators; the one that counts lies in the sink.
create table indexer_checkpoints (
  sink text primary key,
  generation integer not null,
  checkpoint jsonb not null,
  updated_at timestamptz not null default now()
);
