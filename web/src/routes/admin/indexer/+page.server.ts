import { answerOrCode, readSnapshot, readWhy } from '#lib/server/admin/indexer.ts';
import { indexerActions } from '#lib/server/admin/indexer-actions.ts';
import { subjectOf } from '#lib/server/admin/subject.ts';
import { adminOf } from '#lib/server/guards.ts';
import type { Actions, PageServerLoad } from './$types';

/** An address with its query; anything longer was not copied from here. */
const ASKED_LENGTH = 400;

export const load: PageServerLoad = async (event) => {
  adminOf(event);
  const { api } = event.locals;
  const { searchParams } = event.url;
  const asked = (searchParams.get('why') ?? '').trim().slice(0, ASKED_LENGTH);
  const subject = subjectOf(asked);
  const [snapshot, why] = await Promise.all([
    answerOrCode(readSnapshot(api, searchParams.get('after'))),
    subject === null ? null : answerOrCode(readWhy(api, subject)),
  ]);
  return {
    asked,
    snapshot: snapshot.answer,
    away: snapshot.code,
    why: why ?? (asked ? { answer: null, code: 'no_subject' } : null),
  };
};

export const actions: Actions = indexerActions;
