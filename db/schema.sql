-- Written by `npm run schema`; the truth is in db/migrations/.

create extension citext;

CREATE OR REPLACE FUNCTION public.current_history()
 RETURNS integer
 LANGUAGE sql
 STABLE
RETURN (SELECT stream_state.history FROM stream_state);

CREATE OR REPLACE FUNCTION public.make_outbox_partitions(start timestamp with time zone, months integer)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
$function$;

create table categories (
  slug text not null,
  name_en text not null,
  name_ru text not null,
  hue smallint not null,
  motif text not null,
  sort_order integer default 0 not null,
  constraint categories_hue_check CHECK (((hue >= 0) AND (hue <= 360))),
  constraint categories_pkey PRIMARY KEY (slug),
  constraint categories_slug_check CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
);

create table course_revisions (
  course_id uuid not null,
  revision integer not null,
  content jsonb not null,
  published_by uuid not null,
  published_at timestamp with time zone default now() not null,
  category text generated always as (content ->> 'category'::text),
  constraint course_revisions_course_id_fkey FOREIGN KEY (course_id) REFERENCES courses(id) ON DELETE CASCADE,
  constraint course_revisions_pkey PRIMARY KEY (course_id, revision),
  constraint course_revisions_published_by_fkey FOREIGN KEY (published_by) REFERENCES users(id)
);
CREATE INDEX course_revisions_category ON public.course_revisions USING btree (category, course_id, revision);

create table courses (
  id uuid default uuidv7() not null,
  owner_id uuid not null,
  slug text not null,
  title text not null,
  subtitle text default ''::text not null,
  description_md text default ''::text not null,
  language text default 'en'::text not null,
  level text default 'beginner'::text not null,
  category_slug text not null,
  price_amount integer,
  price_currency text,
  outcomes text[] default '{}'::text[] not null,
  version bigint default 1 not null,
  published_version bigint,
  live_revision integer,
  first_published_at timestamp with time zone,
  published_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint courses_category_slug_fkey FOREIGN KEY (category_slug) REFERENCES categories(slug) ON UPDATE CASCADE,
  constraint courses_check CHECK (((price_amount IS NULL) = (price_currency IS NULL))),
  constraint courses_id_live_revision_fkey FOREIGN KEY (id, live_revision) REFERENCES course_revisions(course_id, revision) DEFERRABLE INITIALLY DEFERRED,
  constraint courses_language_check CHECK ((language = ANY (ARRAY['en'::text, 'ru'::text]))),
  constraint courses_level_check CHECK ((level = ANY (ARRAY['beginner'::text, 'intermediate'::text, 'advanced'::text]))),
  constraint courses_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id),
  constraint courses_pkey PRIMARY KEY (id),
  constraint courses_price_amount_check CHECK ((price_amount > 0)),
  constraint courses_price_currency_check CHECK ((price_currency ~ '^[A-Z]{3}$'::text)),
  constraint courses_slug_check CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND ((length(slug) >= 3) AND (length(slug) <= 80)))),
  constraint courses_slug_key UNIQUE (slug),
  constraint courses_title_check CHECK (((length(title) >= 1) AND (length(title) <= 120)))
);
CREATE INDEX courses_live_category ON public.courses USING btree (category_slug) WHERE (live_revision IS NOT NULL);
CREATE INDEX courses_owner ON public.courses USING btree (owner_id, id);

create table idempotency_keys (
  user_id uuid not null,
  key text not null,
  request_hash bytea not null,
  response jsonb,
  created_at timestamp with time zone default now() not null,
  constraint idempotency_keys_key_check CHECK (((length(key) >= 1) AND (length(key) <= 200))),
  constraint idempotency_keys_pkey PRIMARY KEY (user_id, key),
  constraint idempotency_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
CREATE INDEX idempotency_keys_age ON public.idempotency_keys USING btree (created_at);

create table indexer_checkpoints (
  sink text not null,
  generation integer not null,
  checkpoint jsonb not null,
  updated_at timestamp with time zone default now() not null,
  constraint indexer_checkpoints_pkey PRIMARY KEY (sink)
);

create table lessons (
  id uuid default uuidv7() not null,
  course_id uuid not null,
  module_id uuid not null,
  title text not null,
  body_md text default ''::text not null,
  is_free_preview boolean default false not null,
  duration_minutes integer default 0 not null,
  sort_order integer not null,
  constraint lessons_body_md_check CHECK ((length(body_md) <= 200000)),
  constraint lessons_course_id_fkey FOREIGN KEY (course_id) REFERENCES courses(id) ON DELETE CASCADE,
  constraint lessons_duration_minutes_check CHECK (((duration_minutes >= 0) AND (duration_minutes <= 1440))),
  constraint lessons_module_id_fkey FOREIGN KEY (module_id) REFERENCES modules(id) ON DELETE CASCADE,
  constraint lessons_pkey PRIMARY KEY (id),
  constraint lessons_title_check CHECK (((length(title) >= 1) AND (length(title) <= 160)))
);
CREATE INDEX lessons_course ON public.lessons USING btree (course_id);
CREATE INDEX lessons_module ON public.lessons USING btree (module_id, sort_order);

create table live_lessons (
  lesson_id uuid not null,
  course_id uuid not null,
  constraint live_lessons_course_id_fkey FOREIGN KEY (course_id) REFERENCES courses(id) ON DELETE CASCADE,
  constraint live_lessons_pkey PRIMARY KEY (lesson_id)
);
CREATE INDEX live_lessons_course ON public.live_lessons USING btree (course_id);

create table migrations (
  id integer default nextval('migrations_id_seq'::regclass) not null,
  name character varying(255) not null,
  run_on timestamp without time zone not null,
  constraint migrations_pkey PRIMARY KEY (id)
);

create table modules (
  id uuid default uuidv7() not null,
  course_id uuid not null,
  title text not null,
  sort_order integer not null,
  constraint modules_course_id_fkey FOREIGN KEY (course_id) REFERENCES courses(id) ON DELETE CASCADE,
  constraint modules_pkey PRIMARY KEY (id),
  constraint modules_title_check CHECK (((length(title) >= 1) AND (length(title) <= 120)))
);
CREATE INDEX modules_course ON public.modules USING btree (course_id, sort_order);

create table outbox (
  transaction_id xid8 default pg_current_xact_id() not null,
  position bigint generated always as identity not null,
  id uuid default uuidv7() not null,
  history integer default current_history() not null,
  aggregate_type text not null,
  aggregate_id text not null,
  aggregate_version bigint not null,
  type text not null,
  payload jsonb not null,
  trace_parent text,
  occurred_at timestamp with time zone default clock_timestamp() not null
) partition by RANGE (occurred_at);
CREATE INDEX outbox_aggregate ON ONLY public.outbox USING btree (aggregate_id, "position");
CREATE INDEX outbox_stream ON ONLY public.outbox USING btree (transaction_id, "position");

create table refresh_tokens (
  id uuid default uuidv7() not null,
  family_id uuid not null,
  user_id uuid not null,
  token_hash bytea not null,
  created_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  replaced_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint refresh_tokens_pkey PRIMARY KEY (id),
  constraint refresh_tokens_token_hash_key UNIQUE (token_hash),
  constraint refresh_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
CREATE INDEX refresh_tokens_family ON public.refresh_tokens USING btree (family_id);
CREATE INDEX refresh_tokens_user ON public.refresh_tokens USING btree (user_id);

create table seed_state (
  name text not null,
  started_at timestamp with time zone default now() not null,
  finished_at timestamp with time zone,
  constraint seed_state_pkey PRIMARY KEY (name)
);

create table stream_state (
  is_only_row boolean default true not null,
  history integer default 1 not null,
  epoch integer default 0 not null,
  redis_generation integer default 0 not null,
  search_generation integer default 0 not null,
  system_identifier text,
  timeline integer,
  database_oid oid,
  constraint stream_state_is_only_row_check CHECK (is_only_row),
  constraint stream_state_pkey PRIMARY KEY (is_only_row)
);

create table users (
  id uuid default uuidv7() not null,
  email citext not null,
  password_hash text not null,
  name text not null,
  bio text default ''::text not null,
  role text default 'student'::text not null,
  is_verified boolean default false not null,
  is_demo boolean default false not null,
  version bigint default 1 not null,
  created_at timestamp with time zone default now() not null,
  constraint users_bio_check CHECK ((length(bio) <= 2000)),
  constraint users_email_check CHECK ((length((email)::text) <= 254)),
  constraint users_email_key UNIQUE (email),
  constraint users_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint users_pkey PRIMARY KEY (id),
  constraint users_role_check CHECK ((role = ANY (ARRAY['student'::text, 'teacher'::text, 'admin'::text])))
);
