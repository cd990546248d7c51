-- Up Migration

-- Which sets of data were loaded into this database; one that was begun and not finished is carried on at the next start.
create table seed_state (
  name text primary key,
  started_at timestamptz not null default now(),
  finished_at timestamptz
);
