import type { SessionList } from '@eduplatform/contracts/http/auth';
import { optional } from '#lib/server/catalog.ts';
import {
  changePassword,
  endAllSessions,
  endSession,
  requestVerification,
  saveProfile,
} from '#lib/server/account/actions.ts';
import { loadMe } from '#lib/server/account/me.ts';
import { viewerOf } from '#lib/server/guards.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  viewerOf(event);
  const { api } = event.locals;
  const [me, sessions] = await Promise.all([loadMe(api), optional(api.write<SessionList>('GET', '/v1/auth/sessions'))]);
  // Ages are counted from here, so that server and browser agree.
  return { me, sessions: sessions?.data.items ?? null, now: Date.now(), freshness: api.freshness() };
};

export const actions: Actions = {
  profile: saveProfile,
  password: changePassword,
  endSession,
  endAll: endAllSessions,
  verification: requestVerification,
};
