import { OFFLINE, type CommandFailed } from './answers.ts';

/** What a failure asks of the editor. */
export type FailureKind = 'conflict' | 'signed-out' | 'gone' | 'retry' | 'refused';

const SIGNED_OUT = new Set(['unauthenticated', 'invalid_token', 'token_expired']);
const CONFLICT = new Set(['version_conflict', 'version_required', 'outline_mismatch']);
const RETRY = new Set([
  OFFLINE,
  'api_timeout',
  'api_unreachable',
  'api_bad_answer',
  'rate_limited',
  'internal_error',
  'overloaded',
  'shutting_down',
  'database_unavailable',
  'idempotency_conflict',
]);

export function failureKind({ code }: CommandFailed): FailureKind {
  if (CONFLICT.has(code)) return 'conflict';
  if (SIGNED_OUT.has(code)) return 'signed-out';
  if (/^(?:course|module|lesson)_not_found$/.test(code)) return 'gone';
  return RETRY.has(code) || code.startsWith('http_5') ? 'retry' : 'refused';
}
