import { m } from '#lib/paraglide/messages.js';

const WORDS: Record<string, () => string> = {
  invalid_request: m.error_invalid_request,
  invalid_credentials: m.problem_wrong_password,
  rate_limited: m.error_rate_limited,
  unauthenticated: m.studio_problem_signed_out,
  invalid_token: m.studio_problem_signed_out,
  token_expired: m.studio_problem_signed_out,
  forbidden: m.problem_forbidden,
  account_suspended: m.problem_suspended,
  version_conflict: m.problem_changed,
  invalid_mailed_token: m.problem_link,
  email_taken: m.error_email_taken,
  account_has_courses: m.problem_has_courses,
  application_pending: m.problem_application_pending,
  already_verified: m.problem_already_verified,
  no_application: m.problem_no_application,
  slug_taken: m.problem_slug_taken,
  slug_reserved: m.studio_problem_slug_reserved,
  category_in_use: m.problem_category_in_use,
  coupon_code_taken: m.problem_coupon_taken,
  teacher_not_verified: m.problem_not_verified,
  course_in_use: m.problem_course_in_use,
  course_archived: m.problem_course_archived,
  not_published: m.studio_problem_not_published,
  not_publishable: m.studio_problem_not_publishable,
  already_enrolled: m.problem_already_enrolled,
  already_reviewed: m.problem_already_reviewed,
  coupon_not_valid: m.problem_coupon_not_valid,
  not_enrolled: m.problem_not_enrolled,
  not_refundable: m.problem_not_refundable,
  payment_in_progress: m.problem_payment_in_progress,
  payment_required: m.problem_payment_required,
  rating_missing: m.problem_rating_missing,
  text_missing: m.problem_text_missing,
  job_running: m.problem_job_running,
  job_ended: m.problem_job_ended,
};

/** Why a form was refused, by the code of the problem; what no code explains says at least that nothing changed. */
export function problemWords(code: string): string {
  if (code.endsWith('_not_found') || code === 'not_found') return m.problem_gone();
  return WORDS[code]?.() ?? (isAway(code) ? m.error_unavailable() : m.studio_problem_unknown());
}

const isAway = (code: string): boolean =>
  code.startsWith('api_') ||
  code.startsWith('http_5') ||
  ['database_unavailable', 'overloaded', 'shutting_down', 'internal_error'].includes(code);
