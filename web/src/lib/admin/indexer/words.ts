import type { Blocker, IndexerJob, WhyStep } from '@eduplatform/contracts/http/indexer';
import { m } from '#lib/paraglide/messages.js';

type Words = Record<string, () => string>;

const STATES: Words = {
  waiting: m.ops_state_waiting,
  opening: m.ops_state_opening,
  building: m.ops_state_building,
  live: m.ops_state_live,
  behind: m.ops_state_behind,
  paused: m.ops_state_paused,
  failing: m.ops_state_failing,
};

/** What a read model does; a state without words of its own as it is. */
export const sinkState = (state: string): string => STATES[state]?.() ?? state;

const PHASES: Words = {
  waiting: m.ops_phase_waiting,
  backfill: m.ops_phase_backfill,
  'catch-up': m.ops_phase_catch_up,
  comparing: m.ops_phase_comparing,
  cutover: m.ops_phase_cutover,
  cleanup: m.ops_phase_cleanup,
  documents: m.ops_phase_documents,
  surplus: m.ops_phase_surplus,
  lists: m.ops_phase_lists,
};

/** What a job does at the moment; before its first step it waits. */
export const phaseName = (phase: string): string =>
  phase === '' ? m.ops_job_requested() : (PHASES[phase]?.() ?? phase);

const JOB_STATES: Record<IndexerJob['state'], () => string> = {
  requested: m.ops_job_requested,
  running: m.ops_job_running,
  succeeded: m.ops_job_succeeded,
  failed: m.ops_job_failed,
  canceled: m.ops_job_canceled,
};

export const jobState = (state: IndexerJob['state']): string => JOB_STATES[state]();

/** What was asked for: "Rebuild of redis". */
export function jobName({ kind, sink, params }: Pick<IndexerJob, 'kind' | 'sink' | 'params'>): string {
  if (kind === 'reindex') return m.ops_kind_reindex({ sink });
  if (kind === 'rollback') return m.ops_kind_rollback({ sink });
  return params['repair'] === true ? m.ops_kind_repair({ sink }) : m.ops_kind_verify({ sink });
}

/** Where a change is: the steps of the API's diagnosis; every other name is a search server's. */
export function stepName(step: string): string {
  if (step === 'draft') return m.ops_step_draft();
  if (step === 'outbox') return m.ops_step_outbox();
  if (step === 'redis') return m.ops_step_redis();
  return step === 'readApi' ? m.ops_step_cache() : m.ops_step_search({ name: step });
}

const STEP_STATES: Record<WhyStep['state'], () => string> = {
  done: m.ops_step_done,
  waiting: m.ops_step_waiting,
  blocked: m.ops_step_blocked,
};

export const stepState = (state: WhyStep['state']): string => STEP_STATES[state]();

const BLOCKERS: Words = {
  owner_suspended: m.ops_block_owner_suspended,
  not_verified: m.ops_block_not_verified,
  not_published: m.ops_block_not_published,
  lesson_not_published: m.ops_block_lesson_not_published,
  changes_not_published: m.ops_block_changes_not_published,
  archived: m.ops_block_archived,
  horizon: m.ops_block_horizon,
  sink_paused: m.ops_block_sink_paused,
  needs_rebuild: m.ops_block_needs_rebuild,
  sink_building: m.ops_block_sink_building,
  sink_failing: m.ops_block_sink_failing,
  engine_queue: m.ops_block_engine_queue,
  sink_behind: m.ops_block_sink_behind,
  dead_letter: m.ops_block_dead_letter,
  drift: m.ops_block_drift,
  read_api_away: m.ops_block_read_api_away,
  cache_behind: m.ops_block_cache_behind,
};

/** What holds a change up and what to do about it, in the reader's language; the API's own detail stands beside it. */
export const blockerText = ({ code }: Pick<Blocker, 'code'>): string => BLOCKERS[code]?.() ?? m.ops_block_other();
