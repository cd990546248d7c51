-- Up Migration

-- Out of the catalog and closed for new students; those who are enrolled go on reading.
alter table courses add column archived_at timestamptz;

-- What commands on a live course need of it; reading it out of the content would unpack whole revisions.
alter table course_revisions
  add column title text generated always as (content ->> 'title') stored,
  add column price jsonb generated always as (content -> 'price') stored,
  add column lesson_ids jsonb
    generated always as (jsonb_path_query_array(content, '$.modules[*].lessons[*].id')) stored,
  add column preview_ids jsonb
    generated always as (jsonb_path_query_array(content, '$.modules[*].lessons[*] ? (@.isFreePreview == true).id')) stored,
  -- And what the indexer needs of it for card and page, which each enrollment changes.
  add column head jsonb generated always as (content - 'modules' - 'descriptionMd') stored,
  add column module_count integer generated always as (jsonb_array_length(content -> 'modules')) stored,
  add column lesson_minutes jsonb
    generated always as (jsonb_path_query_array(content, '$.modules[*].lessons[*].durationMinutes')) stored;

-- Teachers and administration ----------------------------------------------------------------------------------------

create table teacher_applications (
  id uuid primary key default uuidv7(),
  user_id uuid not null references users (id),
  bio text not null check (length(bio) between 1 and 2000),
  links text[] not null default '{}',
  status text not null default 'pending' check (status in ('pending', 'verified', 'rejected')),
  reason text check (length(reason) <= 1000),
  decided_by uuid references users (id),
  decided_at timestamptz,
  created_at timestamptz not null default now()
);
create unique index teacher_applications_pending on teacher_applications (user_id) where status = 'pending';
create index teacher_applications_user on teacher_applications (user_id, id);
create index teacher_applications_status on teacher_applications (status, id);

create table audit_log (
  id uuid primary key default uuidv7(),
  admin_id uuid not null references users (id),
  action text not null,
  subject_type text not null,
  subject_id text not null,
  details jsonb not null default '{}',
  created_at timestamptz not null default now()
);

-- Money --------------------------------------------------------------------------------------------------------------

create table coupons (
  id uuid primary key default uuidv7(),
  owner_id uuid not null references users (id),
  -- Null: any course of the owner.
  course_id uuid references courses (id) on delete cascade,
  code citext not null unique check (code ~* '^[A-Z0-9-]{3,40}$'),
  percent_off smallint check (percent_off between 1 and 100),
  amount_off integer check (amount_off > 0),
  currency text check (currency ~ '^[A-Z]{3}$'),
  max_redemptions integer check (max_redemptions > 0),
  -- Payments that use it, pending ones included: what the limit counts.
  redemptions integer not null default 0 check (redemptions >= 0),
  starts_at timestamptz not null default now(),
  expires_at timestamptz,
  is_active boolean not null default true,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  check (num_nonnulls(percent_off, amount_off) = 1),
  check ((amount_off is null) = (currency is null)),
  check (redemptions <= coalesce(max_redemptions, redemptions))
);
create index coupons_owner on coupons (owner_id, id);

create sequence receipt_numbers;

create table payments (
  id uuid primary key default uuidv7(),
  user_id uuid not null references users (id),
  course_id uuid not null references courses (id),
  -- Title and prices as they were at checkout: a later change never alters a payment made.
  course_title text not null,
  list_amount integer not null check (list_amount >= 0),
  discount_amount integer not null default 0 check (discount_amount between 0 and list_amount),
  amount integer not null check (amount >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  coupon_id uuid references coupons (id) on delete set null,
  coupon_code text,
  -- pending: the provider's answer is not known yet; refunding: that of the refund is not.
  status text not null default 'pending'
    check (status in ('pending', 'succeeded', 'declined', 'failed', 'refunding', 'refunded')),
  provider text not null,
  provider_charge_id text,
  provider_refund_id text,
  card_brand text,
  card_last4 text check (card_last4 ~ '^[0-9]{4}$'),
  decline_code text,
  idempotency_key text not null,
  receipt_number bigint unique,
  refund_reason text check (length(refund_reason) <= 1000),
  refund_requested_by uuid references users (id),
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  settled_at timestamptz,
  refunded_at timestamptz,
  -- When the reconciler looks at it again.
  next_check_at timestamptz,
  checks integer not null default 0,
  check (amount = list_amount - discount_amount)
);
create unique index payments_one_at_a_time on payments (user_id, course_id)
  where status in ('pending', 'succeeded', 'refunding');
create index payments_user on payments (user_id, id);
-- What a course has earned.
create index payments_revenue on payments (course_id) include (amount, currency) where status = 'succeeded';
-- Whether anybody ever paid, and the reference to the course.
create index payments_course on payments (course_id);
create index payments_coupon on payments (coupon_id);
create index payments_unsettled on payments (next_check_at) where status in ('pending', 'refunding');

-- The built-in provider's own books. It stands for another company's system: only its adapter touches this, on
-- connections and in transactions of its own.
create schema mock_provider;
create table mock_provider.charges (
  idempotency_key text primary key,
  id text not null unique,
  amount integer not null check (amount > 0),
  currency text not null,
  outcome text not null check (outcome in ('succeeded', 'declined')),
  decline_code text,
  created_at timestamptz not null default now()
);
create table mock_provider.refunds (
  idempotency_key text primary key,
  id text not null unique,
  charge_id text not null unique references mock_provider.charges (id),
  amount integer not null check (amount > 0),
  created_at timestamptz not null default now()
);

-- Learning -----------------------------------------------------------------------------------------------------------

create table enrollments (
  id uuid primary key default uuidv7(),
  user_id uuid not null references users (id),
  course_id uuid not null references courses (id),
  -- Null: the course was free.
  payment_id uuid references payments (id),
  enrolled_at timestamptz not null default now(),
  -- After a refund. A later purchase makes it active again.
  revoked_at timestamptz,
  last_activity_at timestamptz not null default now(),
  version bigint not null default 1,
  unique (user_id, course_id)
);
create index enrollments_course on enrollments (course_id, user_id) where revoked_at is null;
-- The students of a course, page by page; also those of the past, to whom a course belongs.
create index enrollments_students on enrollments (course_id, id);

-- Lessons leave the draft while they are still live, so there is no reference to lessons.
create table lesson_progress (
  user_id uuid not null references users (id),
  lesson_id uuid not null,
  course_id uuid not null references courses (id),
  completed_at timestamptz,
  position_seconds integer not null default 0 check (position_seconds between 0 and 86400),
  updated_at timestamptz not null default now(),
  primary key (user_id, lesson_id)
);
create index lesson_progress_course on lesson_progress (user_id, course_id);

-- Once given, never taken away. The names stand as they were on that day.
create table completions (
  user_id uuid not null references users (id),
  course_id uuid not null references courses (id),
  completed_at timestamptz not null default now(),
  revision integer not null,
  certificate_code text not null unique,
  -- Null once the account was deleted: the certificate is gone with the name.
  student_name text,
  course_title text not null,
  teacher_name text not null,
  primary key (user_id, course_id)
);

-- Courses of which a publication removed lessons: somebody enrolled may have done all that is left.
create table completion_checks (
  course_id uuid primary key references courses (id) on delete cascade,
  requested_at timestamptz not null default now()
);

create table reviews (
  id uuid primary key default uuidv7(),
  course_id uuid not null references courses (id),
  user_id uuid not null references users (id),
  rating smallint not null check (rating between 1 and 5),
  text text not null default '' check (length(text) <= 5000),
  reply text check (length(reply) between 1 and 5000),
  replied_at timestamptz,
  hidden_at timestamptz,
  hidden_reason text check (length(hidden_reason) <= 1000),
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (course_id, user_id)
);

create index reviews_hidden on reviews (id) where hidden_at is not null;
create index reviews_user on reviews (user_id, id);
-- Average and histogram of a course, read from the index alone.
create index reviews_shown on reviews (course_id, rating) where hidden_at is null;

create table review_reports (
  review_id uuid not null references reviews (id) on delete cascade,
  user_id uuid not null references users (id),
  reason text not null check (length(reason) between 1 and 1000),
  created_at timestamptz not null default now(),
  primary key (review_id, user_id)
);

create table favorites (
  user_id uuid not null references users (id),
  course_id uuid not null references courses (id) on delete cascade,
  created_at timestamptz not null default now(),
  primary key (user_id, course_id)
);
create index favorites_course on favorites (course_id);

create table notes (
  user_id uuid not null references users (id),
  lesson_id uuid not null,
  course_id uuid not null references courses (id) on delete cascade,
  text text not null check (length(text) between 1 and 20000),
  version bigint not null default 1,
  updated_at timestamptz not null default now(),
  primary key (user_id, lesson_id)
);

create table questions (
  id uuid primary key default uuidv7(),
  lesson_id uuid not null,
  course_id uuid not null references courses (id) on delete cascade,
  user_id uuid not null references users (id),
  title text not null check (length(title) between 1 and 200),
  body text not null default '' check (length(body) <= 5000),
  accepted_answer_id uuid,
  version bigint not null default 1,
  created_at timestamptz not null default now()
);
create index questions_lesson on questions (lesson_id, id);
create index questions_course on questions (course_id);
create index questions_user on questions (user_id);

create table answers (
  id uuid primary key default uuidv7(),
  question_id uuid not null references questions (id) on delete cascade,
  user_id uuid not null references users (id),
  body text not null check (length(body) between 1 and 5000),
  created_at timestamptz not null default now()
);
create index answers_question on answers (question_id, id);
create index answers_user on answers (user_id);
alter table questions add foreign key (accepted_answer_id) references answers (id) on delete set null;

create table notifications (
  id uuid primary key default uuidv7(),
  user_id uuid not null references users (id),
  type text not null,
  -- What the words need: titles, names, links, as they were then.
  params jsonb not null default '{}',
  read_at timestamptz,
  created_at timestamptz not null default now()
);
create index notifications_user on notifications (user_id, id);
create index notifications_unread on notifications (user_id, id) where read_at is null;
create index notifications_age on notifications (created_at) where read_at is not null;
