import type { Engine } from '../engine/engine.ts';
import { errorText } from '../engine/log.ts';
import type { EngineRequest, EngineResponse } from '../engine/protocol.ts';
import { MeiliError, toMeiliError } from '../errors.ts';
import { authorize } from '../keys/access.ts';
import { createBody } from './body.ts';
import { documentRoutes } from './documents.ts';
import { indexRoutes } from './indexes.ts';
import { keyRoutes } from './keys.ts';
import type { Answer, Route } from './route.ts';
import { searchRoutes } from './search.ts';
import { serverRoutes } from './server.ts';
import { settingsRoutes } from './settings.ts';
import { taskRoutes } from './tasks.ts';

const ROUTES: readonly { route: Route; segments: readonly string[] }[] = [
  ...serverRoutes,
  ...keyRoutes,
  ...indexRoutes,
  ...settingsRoutes,
  ...documentRoutes,
  ...taskRoutes,
  ...searchRoutes,
].map((route) => ({ route, segments: route.path.split('/') }));

/** The values of the parameters when a path is of this form. */
function matchPath(pattern: readonly string[], path: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== path.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, segment] of pattern.entries()) {
    const actual = path[at] ?? '';
    if (segment.startsWith(':')) {
      if (actual === '') return undefined;
      params[segment.slice(1)] = actual;
    } else if (segment !== actual) return undefined;
  }
  return params;
}

function findRoute(method: string, path: string): { route: Route; params: Record<string, string> } {
  const segments = path.replace(/\/$/, '').split('/').map(decodeSegment);
  let otherMethod = false;
  for (const { route, segments: pattern } of ROUTES) {
    const params = matchPath(pattern, segments);
    if (params === undefined) continue;
    if (route.method === method || (method === 'HEAD' && route.method === 'GET')) return { route, params };
    otherMethod = true;
  }
  if (otherMethod)
    throw new MeiliError('method_not_allowed', `\`${method} ${path}\` is not supported by the embedded search engine.`);
  throw new MeiliError('not_found', `The route \`${path}\` does not exist in the embedded search engine.`);
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new MeiliError('bad_request', `The path segment \`${segment}\` is not valid.`);
  }
}

async function answer(engine: Engine, request: EngineRequest): Promise<Answer> {
  const { route, params } = findRoute(request.method, request.path);
  const access =
    route.action === null
      ? { allows: () => false, seesIndex: () => false, seesAllIndexes: false }
      : authorize(engine.keys, request.authorization, route.action, params.indexUid);
  const body = createBody(request.contentType, request.body);
  return route.handle({ engine, access, params, query: new URLSearchParams(request.query), body });
}

/** Answers one request; every failure becomes an error body as Meilisearch words it. */
export async function handleRequest(engine: Engine, request: EngineRequest): Promise<EngineResponse> {
  try {
    const { status, body } = await answer(engine, request);
    return { status, body: body === undefined ? '' : JSON.stringify(body) };
  } catch (error) {
    const known = toMeiliError(error);
    if (known.code === 'internal') engine.reportError(`${request.method} ${request.path}`, errorText(error));
    return { status: known.status, body: JSON.stringify(known.toBody()) };
  }
}
