import { PROBLEMS, type FieldProblem, type Problem, type ProblemCode } from '@eduplatform/contracts/problems';

interface ProblemOptions {
  errors?: FieldProblem[];
  headers?: Record<string, string>;
  cause?: unknown;
}

/** An error that the caller is meant to see, as RFC 9457 problem details with a code from the catalog. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly errors: FieldProblem[] | undefined;
  readonly headers: Record<string, string>;

  constructor(code: ProblemCode, detail?: string, options: ProblemOptions = {}) {
    super(detail ?? PROBLEMS[code].title, { cause: options.cause });
    this.name = 'ProblemError';
    this.code = code;
    this.status = PROBLEMS[code].status;
    this.errors = options.errors;
    this.headers = options.headers ?? {};
  }
}

/** The document that a ProblemError is sent as. */
export function problemDocument(error: ProblemError, instance: string, requestId: string): Problem {
  const { title, status } = PROBLEMS[error.code];
  return {
    type: `/problems/${error.code}`,
    title,
    status,
    code: error.code,
    ...(error.message !== title && { detail: error.message }),
    instance,
    requestId,
    ...(error.errors && { errors: error.errors }),
  };
}
