import { MeiliError } from '../errors.ts';
import type { Settings } from '../settings/settings.ts';
import { parseSettingsUpdate, SETTINGS_FIELDS, type SettingsUpdate } from '../settings/update.ts';
import { summarize } from '../tasks/views.ts';
import { accepted, indexParam, ok, param, type Answer, type Route, type RouteContext } from './route.ts';

const BASE = '/indexes/:indexUid/settings';

async function change(context: RouteContext, update: SettingsUpdate | null): Promise<Answer> {
  const indexUid = indexParam(context);
  const mayCreate = update !== null && context.access.allows('indexes.create', indexUid);
  return accepted(summarize(await context.engine.enqueue({ type: 'settingsUpdate', indexUid, update, mayCreate })));
}

const current = (context: RouteContext): Settings => context.engine.indexes.require(indexParam(context)).settings;

/** `typo-tolerance` → `typoTolerance` */
function settingName(context: RouteContext): keyof Settings {
  const path = param(context, 'setting');
  const name = path.replace(/-([a-z])/g, (_all, letter: string) => letter.toUpperCase());
  if (Object.hasOwn(SETTINGS_FIELDS, name) && name !== 'chat' && name !== 'foreignKeys') return name as keyof Settings;
  throw new MeiliError('not_found', `The setting \`${path}\` does not exist in the embedded search engine.`);
}

const changeOne = (context: RouteContext): Promise<Answer> =>
  change(context, parseSettingsUpdate({ [settingName(context)]: context.body.json() }));

export const settingsRoutes: readonly Route[] = [
  { method: 'GET', path: BASE, action: 'settings.get', handle: (context) => ok(current(context)) },
  {
    method: 'PATCH',
    path: BASE,
    action: 'settings.update',
    handle: (context) => change(context, parseSettingsUpdate(context.body.json())),
  },
  { method: 'DELETE', path: BASE, action: 'settings.update', handle: (context) => change(context, null) },
  {
    method: 'GET',
    path: `${BASE}/:setting`,
    action: 'settings.get',
    handle: (context) => ok(current(context)[settingName(context)]),
  },
  { method: 'PUT', path: `${BASE}/:setting`, action: 'settings.update', handle: changeOne },
  { method: 'PATCH', path: `${BASE}/:setting`, action: 'settings.update', handle: changeOne },
  {
    method: 'DELETE',
    path: `${BASE}/:setting`,
    action: 'settings.update',
    handle: (context) => change(context, { [settingName(context)]: null }),
  },
];
