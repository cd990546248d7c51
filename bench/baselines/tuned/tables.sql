create extension pg_trgm;

-- array_to_string is not said to be immutable, since the texts of some types depend on settings; those of text do not.
create function lines_of(texts text[]) returns text language sql immutable parallel safe
  return array_to_string(texts, E'\n');

-- How words of a course are brought to their stems.
create function configuration_of(language text) returns regconfig language sql immutable parallel safe
  return case language when 'ru' then 'russian'::regconfig else 'english'::regconfig end;

create table users (
  id uuid not null,
  name text not null,
  bio text not null,
  role text not null,
  is_verified boolean not null
);

create table categories (
  slug text not null,
  name_en text not null,
  name_ru text not null,
  hue smallint not null,
  motif text not null,
  sort_order integer not null
);

-- Whoever writes keeps the counts, so that nobody who reads has to count.
create table courses (
  id uuid not null,
  teacher_id uuid not null,
  category_slug text not null,
  slug text not null,
  title text not null,
  subtitle text not null,
  description_html text not null,
  description_text text not null,
  outcomes text[] not null,
  language text not null,
  level text not null,
  price_amount integer,
  price_currency text,
  status text not null,
  revision integer,
  published_at timestamptz(3),
  updated_at timestamptz(3),
  module_count integer not null,
  lesson_count integer not null,
  preview_count integer not null,
  duration_minutes integer not null,
  student_count integer not null,
  review_count integer not null,
  star_sum integer not null,
  rating_score integer generated always as (round((17500 + star_sum * 1000)::numeric / (5 + review_count))::integer) stored,
  sort_title text collate "C" generated always as (left(lower(normalize(title, NFKC) collate pg_c_utf8), 60)) stored,
  sort_price integer generated always as (coalesce(price_amount, 0)) stored,
  search tsvector generated always as (
    setweight(to_tsvector(configuration_of(language), title), 'A') ||
    setweight(to_tsvector(configuration_of(language), subtitle), 'B') ||
    setweight(to_tsvector(configuration_of(language), lines_of(outcomes)), 'C') ||
    setweight(to_tsvector(configuration_of(language), description_text), 'D')
  ) stored
);

create table modules (
  id uuid not null,
  course_id uuid not null,
  title text not null,
  sort_order integer not null
);

-- `place` counts through the whole course, from 1.
create table lessons (
  id uuid not null,
  course_id uuid not null,
  module_id uuid not null,
  place integer not null,
  language text not null,
  title text not null,
  html text not null,
  body_text text not null,
  headings jsonb not null,
  is_free_preview boolean not null,
  duration_minutes integer not null,
  has_video boolean not null,
  updated_at timestamptz(3) not null,
  search tsvector generated always as (
    setweight(to_tsvector(configuration_of(language), title), 'A') ||
    setweight(to_tsvector(configuration_of(language), body_text), 'D')
  ) stored
);

create table enrollments (
  id uuid not null,
  user_id uuid not null,
  course_id uuid not null,
  course_title text not null,
  payment_id uuid,
  enrolled_at timestamptz(3) not null,
  last_activity_at timestamptz(3) not null,
  revoked_at timestamptz(3)
);

create table lesson_progress (
  user_id uuid not null,
  course_id uuid not null,
  lesson_id uuid not null,
  completed_at timestamptz(3),
  position_seconds integer not null
);

create table completions (
  user_id uuid not null,
  course_id uuid not null,
  completed_at timestamptz(3) not null,
  certificate_code text not null
);

create table reviews (
  id uuid not null,
  course_id uuid not null,
  user_id uuid not null,
  rating smallint not null,
  text text not null,
  hidden_at timestamptz(3),
  created_at timestamptz(3) not null
);
