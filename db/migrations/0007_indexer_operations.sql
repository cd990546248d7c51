-- Up Migration

-- One row for each sink that was ever configured: 'redis', 'search' and, with several search servers, 'search-2' …
create table indexer_sinks (
  sink text primary key check (sink ~ '^(redis|search(-[0-9]+)?)$'),
  -- The generation that readers use; 0 before the first build.
  generation integer not null default 0,
  -- What a rollback goes back to; null where there is nothing.
  previous_generation integer,
  -- What is being built beside the one in use, or caught up for a rollback; null where nothing is.
  next_generation integer,
  -- The highest that was ever given out: none is used twice, since leftovers would come back.
  last_generation integer not null default 0,
  is_paused boolean not null default false,
  paused_by uuid references users (id),
  paused_at timestamptz,
  -- Set when the outbox no longer holds what the sink has not seen.
  needs_rebuild text,
  updated_at timestamptz not null default now()
);
insert into indexer_sinks (sink, generation, last_generation)
select 'redis', redis_generation, redis_generation from stream_state
union all select 'search', search_generation, search_generation from stream_state;
alter table stream_state
  drop column redis_generation,
  drop column search_generation,
  -- The last row that retention has dropped, as a position: a sink that stands before it has missed something.
  add column dropped_up_to text;

-- Documents that a sink refused, one by one; the rest of their batch went on.
create table dead_letters (
  id uuid primary key default uuidv7(),
  sink text not null,
  -- Of the document within its sink.
  key text not null,
  -- What it was made of: kind of projection and its key, so that a replay loads it anew.
  source_kind text not null,
  source_key text not null,
  version text not null,
  reason text not null check (length(reason) <= 4000),
  attempts integer not null default 1,
  first_failed_at timestamptz not null default now(),
  last_failed_at timestamptz not null default now(),
  -- A replay was asked for and not yet tried.
  replay_requested_at timestamptz,
  unique (sink, key)
);
create index dead_letters_replay on dead_letters (sink, id) where replay_requested_at is not null;

-- What operators ask of the indexer: done by the leader, one at a time for each sink, and resumed by the next leader.
create table indexer_jobs (
  id uuid primary key default uuidv7(),
  kind text not null check (kind in ('reindex', 'rollback', 'verify')),
  sink text not null,
  params jsonb not null default '{}',
  state text not null default 'requested' check (state in ('requested', 'running', 'succeeded', 'failed', 'canceled')),
  -- Set when somebody wants it to end.
  cancel_requested_at timestamptz,
  -- { phase, done, total, ratePerSecond }.
  progress jsonb not null default '{}',
  result jsonb,
  error text check (length(error) <= 4000),
  -- Null: asked for on the command line.
  requested_by uuid references users (id),
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);
create unique index indexer_jobs_one_at_a_time on indexer_jobs (sink) where state in ('requested', 'running');
create index indexer_jobs_sink on indexer_jobs (sink, id);

-- Weekly partitions: each batch that is read merges all of them, so they must be few, and what is dropped goes by whole
-- partitions, so they must be short beside the week that rows are kept for. Where earlier ones (of months) reach into a
-- week, its partition begins behind them. Safe to call again.
drop function make_outbox_partitions(timestamptz, integer);
create function make_outbox_partitions(start timestamptz, weeks integer) returns void language plpgsql as $$
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
$$;
