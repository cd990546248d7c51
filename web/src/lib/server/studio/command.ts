import { fail, type ActionFailure } from '@sveltejs/kit';
import type { CommandDone, CommandFailed } from '../../studio/answers.ts';
import type { Api, WriteOptions } from '../api.ts';
import { ApiError } from '../problem.ts';
import type { ApiRequest } from '../request.ts';

type Answer = { courseId: string; version: number; id?: string; revision?: number };

interface Command extends WriteOptions {
  method: ApiRequest['method'];
  path: string;
  /** What the form held, to be shown again when the command fails. */
  values?: Record<string, unknown>;
  target?: string;
}

interface Caller {
  api: Api;
  requestId: string;
}

/** Runs a command of the write API for a form action: what it did, or a failure that the page can explain. */
export async function runCommand(
  { api, requestId }: Caller,
  { method, path, values, target, ...options }: Command,
): Promise<CommandDone | ActionFailure<CommandFailed>> {
  try {
    const { data, position } = await api.write<Answer>(method, path, options);
    const { courseId, version, id, revision } = data;
    return {
      courseId,
      version,
      position,
      at: new Date().toISOString(),
      ...(id !== undefined && { id }),
      ...(revision !== undefined && { revision }),
    };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return fail(error.status, {
      ...failureOf(error, requestId),
      ...(values && { values }),
      ...(target !== undefined && { target }),
    });
  }
}

/** What the studio's page is told of an error. */
export const failureOf = (error: ApiError, requestId: string): CommandFailed => ({
  code: error.code,
  requestId,
  errors: (error.problem?.errors ?? []).map((problem) => ({ ...problem, path: problem.path.replace(/^body\//, '') })),
});

/** The same as JSON, for the studio's own endpoints. */
export function failureResponse(error: unknown, requestId: string): Response {
  if (!(error instanceof ApiError)) throw error;
  return Response.json(failureOf(error, requestId), { status: error.status });
}
