import { Type, type Static } from '@sinclair/typebox';

/** What is wrong with one field. Where its text is Markdown, also on which line, and the code of what is wrong there. */
export const FieldProblem = Type.Object({
  path: Type.String(),
  message: Type.String(),
  code: Type.Optional(Type.String()),
  line: Type.Optional(Type.Integer({ description: 'From 1' })),
});
export type FieldProblem = Static<typeof FieldProblem>;

/** RFC 9457 problem details with a stable `code`. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'URI reference of the problem type' }),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String({ description: 'Stable machine-readable code' }),
    detail: Type.Optional(Type.String()),
    instance: Type.Optional(Type.String()),
    requestId: Type.Optional(Type.String()),
    errors: Type.Optional(Type.Array(FieldProblem, { description: 'What is wrong with each field' })),
  },
  { $id: 'Problem' },
);
export type Problem = Static<typeof Problem>;

/** Every error code that the APIs answer with: HTTP status and title. One catalog, so that codes stay stable. */
export const PROBLEMS = {
  invalid_request: { status: 400, title: 'The request is not valid' },
  malformed_json: { status: 400, title: 'The body is not valid JSON' },
  invalid_cursor: { status: 400, title: 'The cursor is not valid' },
  invalid_position: { status: 400, title: 'The position is not valid' },
  invalid_if_match: { status: 400, title: 'If-Match is not a version' },
  invalid_idempotency_key: { status: 400, title: 'The Idempotency-Key is not valid' },
  unauthenticated: { status: 401, title: 'Sign in to do this' },
  invalid_token: { status: 401, title: 'The access token is not valid' },
  token_expired: { status: 401, title: 'The access token has expired' },
  invalid_credentials: { status: 401, title: 'The email or the password is wrong' },
  invalid_refresh_token: { status: 401, title: 'The refresh token is not valid' },
  demo_login_refused: { status: 401, title: 'Demo logins are refused in production' },
  forbidden: { status: 403, title: 'You may not do this' },
  not_found: { status: 404, title: 'There is nothing here' },
  course_not_found: { status: 404, title: 'There is no such course' },
  module_not_found: { status: 404, title: 'There is no such module' },
  lesson_not_found: { status: 404, title: 'There is no such lesson' },
  revision_not_found: { status: 404, title: 'There is no such revision' },
  category_not_found: { status: 404, title: 'There is no such category' },
  method_not_allowed: { status: 405, title: 'This method is not allowed here' },
  request_timeout: { status: 408, title: 'The request took too long to arrive' },
  email_taken: { status: 409, title: 'This email is already registered' },
  slug_taken: { status: 409, title: 'This slug is already taken' },
  slug_frozen: { status: 409, title: 'The slug of a published course cannot change' },
  category_in_use: { status: 409, title: 'Courses still use this category' },
  idempotency_conflict: { status: 409, title: 'A request with this Idempotency-Key is still running' },
  idempotency_mismatch: { status: 422, title: 'This Idempotency-Key was used for another request' },
  not_published: { status: 409, title: 'The course is not published' },
  version_conflict: { status: 412, title: 'Somebody changed this meanwhile' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'Send application/json' },
  slug_reserved: { status: 422, title: 'This slug is reserved' },
  not_publishable: { status: 422, title: 'The course cannot be published yet' },
  outline_mismatch: { status: 422, title: 'The outline must name every module and lesson exactly once' },
  course_too_large: { status: 422, title: 'The course has too many modules or lessons' },
  embed_not_allowed: { status: 422, title: 'Videos from this host cannot be embedded' },
  link_not_allowed: { status: 422, title: 'Links of this kind are not allowed' },
  html_not_allowed: { status: 422, title: 'HTML is not allowed in Markdown' },
  version_required: { status: 428, title: 'Send If-Match with the version you saw' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal_error: { status: 500, title: 'Something went wrong on our side' },
  overloaded: { status: 503, title: 'The service is overloaded; try again shortly' },
  shutting_down: { status: 503, title: 'The service is restarting; try again shortly' },
  read_model_building: { status: 503, title: 'This is being prepared; try again shortly' },
  read_model_unavailable: { status: 503, title: 'The read model cannot be reached; try again shortly' },
  database_unavailable: { status: 503, title: 'Changes cannot be saved right now; nothing was changed' },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;
