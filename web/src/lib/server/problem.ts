import type { Problem } from '@eduplatform/contracts/problems';

export type ApiName = 'read' | 'write' | 'indexer';

/** An API answered with an error, or not at all. `handleError` turns it into the error page. */
export class ApiError extends Error {
  readonly api: ApiName;
  readonly status: number;
  readonly code: string;
  readonly problem: Problem | null;
  /** Seconds after which trying again makes sense, when the API said so. */
  readonly retryAfter: number | null;

  constructor(api: ApiName, status: number, code: string, options: ApiErrorOptions = {}) {
    super(options.problem?.detail ?? options.problem?.title ?? code, { cause: options.cause });
    this.name = 'ApiError';
    this.api = api;
    this.status = status;
    this.code = code;
    this.problem = options.problem ?? null;
    this.retryAfter = options.retryAfter ?? null;
  }

  /** What is wrong with each field, by its name or, inside of one, its path: `links/0`. */
  get fieldErrors(): Record<string, string> {
    const errors = this.problem?.errors ?? [];
    return Object.fromEntries(errors.map(({ path, message }) => [path.replace(/^(?:body)?\//, ''), message]));
  }
}

interface ApiErrorOptions {
  problem?: Problem | null;
  retryAfter?: number | null;
  cause?: unknown;
}

/** The error that an answer with a status of 400 or more stands for. */
export async function errorOf(api: ApiName, response: Response): Promise<ApiError> {
  const problem = await problemOf(response);
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ApiError(api, response.status, problem?.code ?? `http_${response.status}`, {
    problem,
    retryAfter: Number.isFinite(retryAfter) ? retryAfter : null,
  });
}

async function problemOf(response: Response): Promise<Problem | null> {
  if (!response.headers.get('content-type')?.includes('json')) {
    await response.body?.cancel();
    return null;
  }
  const body: unknown = await response.json().catch(() => null);
  return isProblem(body) ? body : null;
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string';
