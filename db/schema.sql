-- Written by `npm run schema`; the truth is in db/migrations/.

create extension citext;

CREATE OR REPLACE FUNCTION public.current_history()
 RETURNS integer
 LANGUAGE sql
 STABLE
RETURN (SELECT stream_state.history FROM stream_state);

CREATE OR REPLACE FUNCTION public.make_outbox_partitions(start timestamp with time zone, weeks integer)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  covered_to timestamptz;
  week_start timestamptz;
  week_end timestamptz;
  lower_bound timestamptz;
begin
  perform pg_advisory_xact_lock(4003002);
  select max(substring(pg_get_expr(c.relpartbound, c.oid) from 'TO \(''([^'']+)''\)')::timestamptz) into covered_to
  from pg_inherits i join pg_class c on c.oid = i.inhrelid
  where i.inhparent = 'outbox'::regclass;
  for offset_weeks in 0 .. weeks - 1 loop
    week_start := date_trunc('week', start, 'UTC') + make_interval(days => 7 * offset_weeks);
    week_end := week_start + interval '7 days';
    lower_bound := greatest(week_start, covered_to);
    continue when lower_bound >= week_end;
    execute format(
      'create table %I partition of outbox for values from (%L) to (%L)',
      'outbox_' || to_char(lower_bound at time zone 'UTC', 'YYYY_MM_DD'),
      lower_bound,
      week_end
    );
  end loop;
end
$function$;

create table announcements (
  id uuid default uuidv7() not null,
  created_by uuid not null,
  title text not null,
  text text not null,
  link text,
  created_at timestamp with time zone default now() not null,
  last_user_id uuid,
  finished_at timestamp with time zone,
  constraint announcements_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id),
  constraint announcements_link_check CHECK ((length(link) <= 300)),
  constraint announcements_pkey PRIMARY KEY (id),
  constraint announcements_text_check CHECK (((length(text) >= 1) AND (length(text) <= 5000))),
  constraint announcements_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200)))
);
CREATE INDEX announcements_unfinished ON public.announcements USING btree (id) WHERE (finished_at IS NULL);

create table answers (
  id uuid default uuidv7() not null,
  question_id uuid not null,
  user_id uuid not null,
  body text not null,
  created_at timestamp with time zone default now() not null,
  constraint answers_body_check CHECK (((length(body) >= 1) AND (length(body) <= 5000))),
  constraint answers_pkey PRIMARY KEY (id),
  constraint answers_question_id_fkey FOREIGN KEY (question_id) REFERENCES questions(id) ON DELETE CASCADE,
  constraint answers_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);
CREATE INDEX answers_question ON public.answers USING btree (question_id, id);
CREATE INDEX answers_user ON public.answers USING btree (user_id);

create table audit_log (
  id uuid default uuidv7() not null,
  admin_id uuid not null,
  action text not null,
  subject_type text not null,
  subject_id text not null,
  details jsonb default '{}'::jsonb not null,
  created_at timestamp with time zone default now() not null,
  constraint audit_log_admin_id_fkey FOREIGN KEY (admin_id) REFERENCES users(id),
  constraint audit_log_pkey PRIMARY KEY (id)
);

create table auth_tokens (
  token_hash bytea not null,
  user_id uuid not null,
  purpose text not null,
  email citext not null,
  created_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  constraint auth_tokens_pkey PRIMARY KEY (token_hash),
  constraint auth_tokens_purpose_check CHECK ((purpose = ANY (ARRAY['password_reset'::text, 'email_verification'::text]))),
  constraint auth_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  constraint auth_tokens_user_id_purpose_key UNIQUE (user_id, purpose)
);
CREATE INDEX auth_tokens_age ON public.auth_tokens USING btree (expires_at);

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

create table completion_checks (
  course_id uuid not null,
  requested_at timestamp with time zone default now() not null,
  constraint completion_checks_course_id_fkey FOREIGN KEY (course_id) REFERENCES courses(id) ON DELETE CASCADE,
  constraint completion_checks_pkey PRIMARY KEY (course_id)
);

create table completions (
  user_id uuid not null,
  course_id uuid not null,
  completed_at timestamp with time zone default now() not null,
  revision integer not null,
  certificate_code text not null,
  student_name text,
  course_title text not null,
  teacher_name text not null,
  constraint completions_certificate_code_key UNIQUE (certificate_code),
  constraint completions_course_id_fkey FOREIGN KEY (course_id) REFERENCES courses(id),
  constraint completions_pkey PRIMARY KEY (user_id, course_id),
  constraint completions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);

create table coupons (
  id uuid default uuidv7() not null,
  owner_id uuid not null,
  course_id uuid,
  code citext not null,
  percent_off smallint,
  amount_off integer,
  currency text,
  max_redemptions integer,
  redemptions integer default 0 not null,
  starts_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone,
  is_active boolean default true not null,
  version bigint default 1 not null,
  created_at timestamp with time zone default now() not null,
  constraint coupons_amount_off_check CHECK ((amount_off > 0)),
  constraint coupons_check CHECK ((num_nonnulls(percent_off, amount_off) = 1)),
  constraint coupons_check1 CHECK (((amount_off IS NULL) = (currency IS NULL))),
  constraint coupons_check2 CHECK ((redemptions <= COALESCE(max_redemptions, redemptions))),
  constraint coupons_code_check CHECK ((code ~* '^[A-Z0-9-]{3,40}$'::citext)),
  constraint coupons_code_key UNIQUE (code),
  constraint coupons_course_id_fkey FOREIGN KEY (course_id) REFERENCES courses(id) ON DELETE CASCADE,
  constraint coupons_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint coupons_max_redemptions_check CHECK ((max_redemptions > 0)),
  constraint coupons_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id),
  constraint coupons_percent_off_check CHECK (((percent_off >= 1) AND (percent_off <= 100))),
  constraint coupons_pkey PRIMARY KEY (id),
  constraint coupons_redemptions_check CHECK ((redemptions >= 0))
);
CREATE INDEX coupons_owner ON public.coupons USING btree (owner_id, id);

create table course_news (
  id uuid default uuidv7() not null,
  course_id uuid not null,
  params jsonb not null,
  link text not null,
  created_at timestamp with time zone not null,
  last_user_id uuid,
  constraint course_news_course_id_fkey FOREIGN KEY (course_id) REFERENCES courses(id) ON DELETE CASCADE,
  constraint course_news_pkey PRIMARY KEY (id)
);
CREATE INDEX course_news_course ON public.course_news USING btree (course_id);

create table course_revisions (
  course_id uuid not null,
  revision integer not null,
  content jsonb not null,
  published_by uuid not null,
  published_at timestamp with time zone default now() not null,
  category text generated always as (content ->> 'category'::text),
  title text generated always as (content ->> 'title'::text),
  price jsonb generated always as (content -> 'price'::text),
  lesson_ids jsonb generated always as jsonb_path_query_array(content, '$."modules"[*]."lessons"[*]."id"'::jsonpath),
  preview_ids jsonb generated always as jsonb_path_query_array(content, '$."modules"[*]."lessons"[*]?(@."isFreePreview" == true)."id"'::jsonpath),
  head jsonb generated always as ((content - 'modules'::text) - 'descriptionMd'::text),
  module_count integer generated always as jsonb_array_length((content -> 'modules'::text)),
  lesson_minutes jsonb generated always as jsonb_path_query_array(content, '$."modules"[*]."lessons"[*]."durationMinutes"'::jsonpath),
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
  archived_at timestamp with time zone,
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

create table dead_letters (
  id uuid default uuidv7() not null,
  sink text not null,
  key text not null,
  source_kind text not null,
  source_key text not null,
  version text not null,
  reason text not null,
  attempts integer default 1 not null,
  first_failed_at timestamp with time zone default now() not null,
  last_failed_at timestamp with time zone default now() not null,
  replay_requested_at timestamp with time zone,
  constraint dead_letters_pkey PRIMARY KEY (id),
  constraint dead_letters_reason_check CHECK ((length(reason) <= 4000)),
  constraint dead_letters_sink_key_key UNIQUE (sink, key)
);
CREATE INDEX dead_letters_replay ON public.dead_letters USING btree (sink, id) WHERE (replay_requested_at IS NOT NULL);

create table enrollments (
  id uuid default uuidv7() not null,
  user_id uuid not null,
  course_id uuid not null,
  payment_id uuid,
  enrolled_at timestamp with time zone default now() not null,
  revoked_at timestamp with time zone,
  last_activity_at timestamp with time zone default now() not null,
  version bigint default 1 not null,
  constraint enrollments_course_id_fkey FOREIGN KEY (course_id) REFERENCES courses(id),
  constraint enrollments_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments(id),
  constraint enrollments_pkey PRIMARY KEY (id),
  constraint enrollments_user_id_course_id_key UNIQUE (user_id, course_id),
  constraint enrollments_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);
CREATE INDEX enrollments_course ON public.enrollments USING btree (course_id, user_id) WHERE (revoked_at IS NULL);
CREATE INDEX enrollments_students ON public.enrollments USING btree (course_id, id);

create table favorites (
  user_id uuid not null,
  course_id uuid not null,
  created_at timestamp with time zone default now() not null,
  constraint favorites_course_id_fkey FOREIGN KEY (course_id) REFERENCES courses(id) ON DELETE CASCADE,
  constraint favorites_pkey PRIMARY KEY (user_id, course_id),
  constraint favorites_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);
CREATE INDEX favorites_course ON public.favorites USING btree (course_id);

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

create table indexer_jobs (
  id uuid default uuidv7() not null,
  kind text not null,
  sink text not null,
  params jsonb default '{}'::jsonb not null,
  state text default 'requested'::text not null,
  cancel_requested_at timestamp with time zone,
  progress jsonb default '{}'::jsonb not null,
  result jsonb,
  error text,
  requested_by uuid,
  created_at timestamp with time zone default now() not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  constraint indexer_jobs_error_check CHECK ((length(error) <= 4000)),
  constraint indexer_jobs_kind_check CHECK ((kind = ANY (ARRAY['reindex'::text, 'rollback'::text, 'verify'::text]))),
  constraint indexer_jobs_pkey PRIMARY KEY (id),
  constraint indexer_jobs_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES users(id),
  constraint indexer_jobs_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'running'::text, 'succeeded'::text, 'failed'::text, 'canceled'::text])))
);
CREATE UNIQUE INDEX indexer_jobs_one_at_a_time ON public.indexer_jobs USING btree (sink) WHERE (state = ANY (ARRAY['requested'::text, 'running'::text]));
CREATE INDEX indexer_jobs_sink ON public.indexer_jobs USING btree (sink, id);

create table indexer_sinks (
  sink text not null,
  generation integer default 0 not null,
  previous_generation integer,
  next_generation integer,
  last_generation integer default 0 not null,
  is_paused boolean default false not null,
  paused_by uuid,
  paused_at timestamp with time zone,
  needs_rebuild text,
  updated_at timestamp with time zone default now() not null,
  constraint indexer_sinks_paused_by_fkey FOREIGN KEY (paused_by) REFERENCES users(id),
  constraint indexer_sinks_pkey PRIMARY KEY (sink),
  constraint indexer_sinks_sink_check CHECK ((sink ~ '^(redis|search(-[0-9]+)?)$'::text))
);

create table lesson_progress (
  user_id uuid not null,
  lesson_id uuid not null,
  course_id uuid not null,
  completed_at timestamp with time zone,
  position_seconds integer default 0 not null,
  updated_at timestamp with time zone default now() not null,
  constraint lesson_progress_course_id_fkey FOREIGN KEY (course_id) REFERENCES courses(id),
  constraint lesson_progress_pkey PRIMARY KEY (user_id, lesson_id),
  constraint lesson_progress_position_seconds_check CHECK (((position_seconds >= 0) AND (position_seconds <= 86400))),
  constraint lesson_progress_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);
CREATE INDEX lesson_progress_course ON public.lesson_progress USING btree (user_id, course_id);

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

create table mail_queue (
  id uuid default uuidv7() not null,
  user_id uuid,
  recipient text not null,
  template text not null,
  params jsonb default '{}'::jsonb not null,
  language text not null,
  created_at timestamp with time zone default now() not null,
  attempts integer default 0 not null,
  next_attempt_at timestamp with time zone default now(),
  sent_at timestamp with time zone,
  failed_at timestamp with time zone,
  last_error text,
  constraint mail_queue_check CHECK (((next_attempt_at IS NULL) = ((sent_at IS NOT NULL) OR (failed_at IS NOT NULL)))),
  constraint mail_queue_language_check CHECK ((language = ANY (ARRAY['en'::text, 'ru'::text]))),
  constraint mail_queue_pkey PRIMARY KEY (id),
  constraint mail_queue_recipient_check CHECK ((length(recipient) <= 254)),
  constraint mail_queue_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
CREATE INDEX mail_queue_age ON public.mail_queue USING btree (created_at) WHERE (next_attempt_at IS NULL);
CREATE INDEX mail_queue_due ON public.mail_queue USING btree (((template = 'notification'::text)), next_attempt_at) WHERE (next_attempt_at IS NOT NULL);
CREATE INDEX mail_queue_user ON public.mail_queue USING btree (user_id);

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

create table notes (
  user_id uuid not null,
  lesson_id uuid not null,
  course_id uuid not null,
  text text not null,
  version bigint default 1 not null,
  updated_at timestamp with time zone default now() not null,
  constraint notes_course_id_fkey FOREIGN KEY (course_id) REFERENCES courses(id) ON DELETE CASCADE,
  constraint notes_pkey PRIMARY KEY (user_id, lesson_id),
  constraint notes_text_check CHECK (((length(text) >= 1) AND (length(text) <= 20000))),
  constraint notes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);

create table notifications (
  id uuid default uuidv7() not null,
  user_id uuid not null,
  type text not null,
  params jsonb default '{}'::jsonb not null,
  read_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  about_user_id uuid,
  constraint notifications_about_user_id_fkey FOREIGN KEY (about_user_id) REFERENCES users(id),
  constraint notifications_pkey PRIMARY KEY (id),
  constraint notifications_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);
CREATE INDEX notifications_about ON public.notifications USING btree (about_user_id) WHERE (about_user_id IS NOT NULL);
CREATE INDEX notifications_age ON public.notifications USING btree (created_at) WHERE (read_at IS NOT NULL);
CREATE INDEX notifications_unread ON public.notifications USING btree (user_id, id) WHERE (read_at IS NULL);
CREATE INDEX notifications_user ON public.notifications USING btree (user_id, id);

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

create table payments (
  id uuid default uuidv7() not null,
  user_id uuid not null,
  course_id uuid not null,
  course_title text not null,
  list_amount integer not null,
  discount_amount integer default 0 not null,
  amount integer not null,
  currency text not null,
  coupon_id uuid,
  coupon_code text,
  status text default 'pending'::text not null,
  provider text not null,
  provider_charge_id text,
  provider_refund_id text,
  card_brand text,
  card_last4 text,
  decline_code text,
  idempotency_key text not null,
  receipt_number bigint,
  refund_reason text,
  refund_requested_by uuid,
  version bigint default 1 not null,
  created_at timestamp with time zone default now() not null,
  settled_at timestamp with time zone,
  refunded_at timestamp with time zone,
  next_check_at timestamp with time zone,
  checks integer default 0 not null,
  constraint payments_amount_check CHECK ((amount >= 0)),
  constraint payments_card_last4_check CHECK ((card_last4 ~ '^[0-9]{4}$'::text)),
  constraint payments_check CHECK (((discount_amount >= 0) AND (discount_amount <= list_amount))),
  constraint payments_check1 CHECK ((amount = (list_amount - discount_amount))),
  constraint payments_coupon_id_fkey FOREIGN KEY (coupon_id) REFERENCES coupons(id) ON DELETE SET NULL,
  constraint payments_course_id_fkey FOREIGN KEY (course_id) REFERENCES courses(id),
  constraint payments_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint payments_list_amount_check CHECK ((list_amount >= 0)),
  constraint payments_pkey PRIMARY KEY (id),
  constraint payments_receipt_number_key UNIQUE (receipt_number),
  constraint payments_refund_reason_check CHECK ((length(refund_reason) <= 1000)),
  constraint payments_refund_requested_by_fkey FOREIGN KEY (refund_requested_by) REFERENCES users(id),
  constraint payments_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'succeeded'::text, 'declined'::text, 'failed'::text, 'refunding'::text, 'refunded'::text]))),
  constraint payments_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);
CREATE INDEX payments_coupon ON public.payments USING btree (coupon_id);
CREATE INDEX payments_course ON public.payments USING btree (course_id);
CREATE UNIQUE INDEX payments_one_at_a_time ON public.payments USING btree (user_id, course_id) WHERE (status = ANY (ARRAY['pending'::text, 'succeeded'::text, 'refunding'::text]));
CREATE INDEX payments_revenue ON public.payments USING btree (course_id) INCLUDE (amount, currency) WHERE (status = 'succeeded'::text);
CREATE INDEX payments_unsettled ON public.payments USING btree (next_check_at) WHERE (status = ANY (ARRAY['pending'::text, 'refunding'::text]));
CREATE INDEX payments_user ON public.payments USING btree (user_id, id);

create table questions (
  id uuid default uuidv7() not null,
  lesson_id uuid not null,
  course_id uuid not null,
  user_id uuid not null,
  title text not null,
  body text default ''::text not null,
  accepted_answer_id uuid,
  version bigint default 1 not null,
  created_at timestamp with time zone default now() not null,
  constraint questions_accepted_answer_id_fkey FOREIGN KEY (accepted_answer_id) REFERENCES answers(id) ON DELETE SET NULL,
  constraint questions_body_check CHECK ((length(body) <= 5000)),
  constraint questions_course_id_fkey FOREIGN KEY (course_id) REFERENCES courses(id) ON DELETE CASCADE,
  constraint questions_pkey PRIMARY KEY (id),
  constraint questions_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200))),
  constraint questions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);
CREATE INDEX questions_course ON public.questions USING btree (course_id);
CREATE INDEX questions_lesson ON public.questions USING btree (lesson_id, id);
CREATE INDEX questions_user ON public.questions USING btree (user_id);

create table review_reports (
  review_id uuid not null,
  user_id uuid not null,
  reason text not null,
  created_at timestamp with time zone default now() not null,
  constraint review_reports_pkey PRIMARY KEY (review_id, user_id),
  constraint review_reports_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 1000))),
  constraint review_reports_review_id_fkey FOREIGN KEY (review_id) REFERENCES reviews(id) ON DELETE CASCADE,
  constraint review_reports_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);

create table reviews (
  id uuid default uuidv7() not null,
  course_id uuid not null,
  user_id uuid not null,
  rating smallint not null,
  text text default ''::text not null,
  reply text,
  replied_at timestamp with time zone,
  hidden_at timestamp with time zone,
  hidden_reason text,
  version bigint default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint reviews_course_id_fkey FOREIGN KEY (course_id) REFERENCES courses(id),
  constraint reviews_course_id_user_id_key UNIQUE (course_id, user_id),
  constraint reviews_hidden_reason_check CHECK ((length(hidden_reason) <= 1000)),
  constraint reviews_pkey PRIMARY KEY (id),
  constraint reviews_rating_check CHECK (((rating >= 1) AND (rating <= 5))),
  constraint reviews_reply_check CHECK (((length(reply) >= 1) AND (length(reply) <= 5000))),
  constraint reviews_text_check CHECK ((length(text) <= 5000)),
  constraint reviews_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);
CREATE INDEX reviews_hidden ON public.reviews USING btree (id) WHERE (hidden_at IS NOT NULL);
CREATE INDEX reviews_shown ON public.reviews USING btree (course_id, rating) WHERE (hidden_at IS NULL);
CREATE INDEX reviews_user ON public.reviews USING btree (user_id, id);

create table seed_state (
  name text not null,
  started_at timestamp with time zone default now() not null,
  finished_at timestamp with time zone,
  constraint seed_state_pkey PRIMARY KEY (name)
);

create table session_tokens (
  token_hash bytea not null,
  session_id uuid not null,
  generation integer not null,
  expires_at timestamp with time zone not null,
  constraint session_tokens_pkey PRIMARY KEY (token_hash),
  constraint session_tokens_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
);
CREATE INDEX session_tokens_age ON public.session_tokens USING btree (expires_at);
CREATE INDEX session_tokens_session ON public.session_tokens USING btree (session_id);

create table sessions (
  id uuid default uuidv7() not null,
  user_id uuid not null,
  user_agent text,
  generation integer default 1 not null,
  refreshed_at timestamp with time zone default now() not null,
  created_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_user_agent_check CHECK ((length(user_agent) <= 300)),
  constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
CREATE INDEX sessions_age ON public.sessions USING btree (expires_at);
CREATE INDEX sessions_user ON public.sessions USING btree (user_id, id) WHERE (ended_at IS NULL);

create table stream_state (
  is_only_row boolean default true not null,
  history integer default 1 not null,
  epoch integer default 0 not null,
  system_identifier text,
  timeline integer,
  database_oid oid,
  dropped_up_to text,
  constraint stream_state_is_only_row_check CHECK (is_only_row),
  constraint stream_state_pkey PRIMARY KEY (is_only_row)
);

create table teacher_applications (
  id uuid default uuidv7() not null,
  user_id uuid not null,
  bio text not null,
  links text[] default '{}'::text[] not null,
  status text default 'pending'::text not null,
  reason text,
  decided_by uuid,
  decided_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  constraint teacher_applications_bio_check CHECK (((length(bio) >= 1) AND (length(bio) <= 2000))),
  constraint teacher_applications_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES users(id),
  constraint teacher_applications_pkey PRIMARY KEY (id),
  constraint teacher_applications_reason_check CHECK ((length(reason) <= 1000)),
  constraint teacher_applications_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'verified'::text, 'rejected'::text]))),
  constraint teacher_applications_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);
CREATE UNIQUE INDEX teacher_applications_pending ON public.teacher_applications USING btree (user_id) WHERE (status = 'pending'::text);
CREATE INDEX teacher_applications_status ON public.teacher_applications USING btree (status, id);
CREATE INDEX teacher_applications_user ON public.teacher_applications USING btree (user_id, id);

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
  email_verified_at timestamp with time zone,
  suspended_at timestamp with time zone,
  suspension_reason text,
  deleted_at timestamp with time zone,
  language text default 'en'::text not null,
  email_preference text default 'all'::text not null,
  constraint users_bio_check CHECK ((length(bio) <= 2000)),
  constraint users_check CHECK (((suspended_at IS NULL) = (suspension_reason IS NULL))),
  constraint users_email_check CHECK ((length((email)::text) <= 254)),
  constraint users_email_key UNIQUE (email),
  constraint users_email_preference_check CHECK ((email_preference = ANY (ARRAY['all'::text, 'important'::text, 'none'::text]))),
  constraint users_language_check CHECK ((language = ANY (ARRAY['en'::text, 'ru'::text]))),
  constraint users_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint users_pkey PRIMARY KEY (id),
  constraint users_role_check CHECK ((role = ANY (ARRAY['student'::text, 'teacher'::text, 'admin'::text]))),
  constraint users_suspension_reason_check CHECK ((length(suspension_reason) <= 1000))
);
CREATE INDEX users_email_prefix ON public.users USING btree (lower((email)::text) text_pattern_ops, id);
CREATE INDEX users_name_prefix ON public.users USING btree (lower(name) text_pattern_ops, id);
CREATE INDEX users_verified_teachers ON public.users USING btree (id) WHERE ((role = 'teacher'::text) AND is_verified);
