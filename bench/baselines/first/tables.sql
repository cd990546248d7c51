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
  updated_at timestamptz(3)
);

create table modules (
  id uuid not null,
  course_id uuid not null,
  title text not null,
  sort_order integer not null
);

create table lessons (
  id uuid not null,
  module_id uuid not null,
  title text not null,
  html text not null,
  body_text text not null,
  headings jsonb not null,
  is_free_preview boolean not null,
  duration_minutes integer not null,
  has_video boolean not null,
  sort_order integer not null,
  updated_at timestamptz(3) not null
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
