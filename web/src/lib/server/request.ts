import { ApiError, errorOf, type ApiName } from './problem.ts';

/** Query parameters; an array repeats the parameter, `undefined` leaves it out. */
export type Query = Record<string, string | number | readonly string[] | undefined>;

export interface ApiRequest {
  api: ApiName;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  body?: unknown;
  timeoutMs: number;
  signal?: AbortSignal;
}

/**
 * Sends one request to an API, bounded in time.
 * Throws ApiError for every answer of 400 or more, `api_timeout` (504) and `api_unreachable` (503).
 */
export async function sendRequest(request: ApiRequest): Promise<Response> {
  const timeout = AbortSignal.timeout(request.timeoutMs);
  let response: Response;
  try {
    response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      signal: request.signal ? AbortSignal.any([timeout, request.signal]) : timeout,
      redirect: 'error',
      ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
    });
  } catch (cause) {
    if (timeout.aborted) throw new ApiError(request.api, 504, 'api_timeout', { cause });
    throw new ApiError(request.api, 503, 'api_unreachable', { cause });
  }
  if (!response.ok) throw await errorOf(request.api, response);
  return response;
}

/** The body of an answer; undefined for an empty one. A body that ends early or is not JSON is the API's fault: 502. */
export async function bodyOf<T>(api: ApiName, response: Response): Promise<T> {
  if (response.status === 204) return undefined as T;
  try {
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  } catch (cause) {
    throw new ApiError(api, 502, 'api_bad_answer', { cause });
  }
}

export function queryString(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of typeof value === 'object' ? value : [String(value)]) parameters.append(name, one);
  }
  const text = parameters.toString();
  return text && `?${text}`;
}
