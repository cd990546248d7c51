import { Counter, Gauge, Histogram, registry } from '@eduplatform/observability/metrics';

const registers = [registry];

/** Look-ups in the in-process cache; `join` found a read of the same key under way. */
export const cacheLookups = new Counter({
  name: 'read_cache_lookups_total',
  help: 'Look-ups in the in-process cache by outcome: hit, miss, join, fallback',
  labelNames: ['outcome'] as const,
  registers,
});

export const redisCommands = new Counter({
  name: 'read_redis_commands_total',
  help: 'Redis commands sent by the read API, by command and outcome',
  labelNames: ['command', 'outcome'] as const,
  registers,
});

export const circuitOpen = new Gauge({
  name: 'read_circuit_open',
  help: '1 while the circuit to a dependency is open, in any of several workers',
  labelNames: ['dependency'] as const,
  aggregator: 'max',
  registers,
});

export const searchDuration = new Histogram({
  name: 'read_search_engine_duration_seconds',
  help: 'Time of one search on a search server (hits and facets), by outcome',
  labelNames: ['server', 'outcome'] as const,
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.8, 1.6],
  registers,
});

export const searchInRotation = new Gauge({
  name: 'read_search_server_in_rotation',
  help: '1 while the search server answers, is complete and is fresh enough to be asked by every worker',
  labelNames: ['server'] as const,
  // Of what concerns all of them the worst is shown, which is what alerts must see.
  aggregator: 'min',
  registers,
});

export const searchBehind = new Gauge({
  name: 'read_search_server_behind_seconds',
  help: 'For how long the search server has been without what the freshest has',
  labelNames: ['server'] as const,
  aggregator: 'max',
  registers,
});

export const searchRetries = new Counter({
  name: 'read_search_retries_total',
  help: 'Searches that were tried on this server after another had failed',
  labelNames: ['server'] as const,
  registers,
});

export const degradedAnswers = new Counter({
  name: 'read_search_degraded_total',
  help: 'Searches answered from catalog lists, by reason',
  labelNames: ['reason'] as const,
  registers,
});

/** Requests with X-Read-After; `passed` did not have to wait. */
export const readAfterWaits = new Counter({
  name: 'read_after_total',
  help: 'Requests with X-Read-After by outcome: passed, waited, timeout, unreachable, older_history, overflow',
  labelNames: ['outcome'] as const,
  registers,
});

export const readAfterWaitSeconds = new Histogram({
  name: 'read_after_wait_seconds',
  help: 'How long requests waited for the read models to pass their X-Read-After',
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 30],
  registers,
});

export const openStreams = new Gauge({
  name: 'read_notification_streams',
  help: 'Notification streams that are open',
  registers,
});

export const endedStreams = new Counter({
  name: 'read_notification_streams_ended_total',
  help: 'Notification streams by why they ended: gone (the reader), expired, unreadable, slow, stopped',
  labelNames: ['reason'] as const,
  registers,
});
