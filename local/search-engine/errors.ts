/** Errors as Meilisearch words them: `{ message, code, type, link }` and an HTTP status. */

type ErrorType = 'invalid_request' | 'auth' | 'internal' | 'system';

interface ErrorKind {
  status: number;
  type: ErrorType;
}

/** Codes that are not a plain 400 `invalid_request`. */
const EXCEPTIONS: Readonly<Record<string, ErrorKind>> = {
  database_size_limit_reached: { status: 500, type: 'internal' },
  api_key_already_exists: { status: 409, type: 'invalid_request' },
  api_key_not_found: { status: 404, type: 'invalid_request' },
  document_not_found: { status: 404, type: 'invalid_request' },
  index_already_exists: { status: 409, type: 'invalid_request' },
  index_not_found: { status: 404, type: 'invalid_request' },
  internal: { status: 500, type: 'internal' },
  invalid_api_key: { status: 403, type: 'auth' },
  invalid_content_type: { status: 415, type: 'invalid_request' },
  missing_authorization_header: { status: 401, type: 'auth' },
  missing_content_type: { status: 415, type: 'invalid_request' },
  missing_master_key: { status: 401, type: 'auth' },
  no_space_left_on_device: { status: 422, type: 'system' },
  not_found: { status: 404, type: 'invalid_request' },
  method_not_allowed: { status: 405, type: 'invalid_request' },
  payload_too_large: { status: 413, type: 'invalid_request' },
  task_not_found: { status: 404, type: 'invalid_request' },
  too_many_search_requests: { status: 503, type: 'system' },
  unsupported_media_type: { status: 415, type: 'invalid_request' },
};

/** The body of an error answer, and the `error` of a failed task. */
export interface ErrorBody {
  message: string;
  code: string;
  type: ErrorType;
  link: string;
}

/** An error that the client is told about, with Meilisearch's code. */
export class MeiliError extends Error {
  readonly code: string;
  readonly status: number;
  readonly type: ErrorType;

  /** `status` overrides the one that belongs to the code. */
  constructor(code: string, message: string, status?: number) {
    super(message);
    this.name = 'MeiliError';
    const kind = EXCEPTIONS[code] ?? { status: 400, type: 'invalid_request' as const };
    this.code = code;
    this.status = status ?? kind.status;
    this.type = kind.type;
  }

  toBody(): ErrorBody {
    return {
      message: this.message,
      code: this.code,
      type: this.type,
      link: `https://docs.meilisearch.com/errors#${this.code}`,
    };
  }
}

/** Any thrown value as a MeiliError; what is not one becomes `internal` without its details. */
export function toMeiliError(error: unknown): MeiliError {
  if (error instanceof MeiliError) return error;
  return new MeiliError('internal', 'An internal error has occurred in the embedded search engine.');
}

/** What the embedded engine knows of but does not do. */
export const unsupported = (code: string, what: string): MeiliError =>
  new MeiliError(
    code,
    `${what} is not supported by the embedded search engine. Set MEILI_URL to use a real Meilisearch.`,
  );
