import type { WhyAnswer } from '@eduplatform/contracts/http/indexer';
import type { PositionStatus } from '@eduplatform/contracts/positions';
import { readHorizonHolder } from '../source/horizon.ts';
import { diagnose } from './diagnose.ts';
import type { WhyFacts } from './facts.ts';
import { findEvent, findSubject } from './find-subject.ts';
import { readSinks, type SinkSources } from './sink-facts.ts';

const TIMEOUT_MS = 2000;

export interface WhySources extends SinkSources {
  readApiUrl: string;
}

/** Why a course or a lesson is not live yet, and whose course it is; null: there is no such thing. */
export async function why(sources: WhySources, text: string): Promise<{ ownerId: string; answer: WhyAnswer } | null> {
  const subject = await findSubject(sources.db, text);
  if (!subject) return null;
  return { ownerId: subject.draft.ownerId, answer: diagnose(await collect(sources, subject)) };
}

async function collect(sources: WhySources, subject: Pick<WhyFacts, 'draft' | 'lesson'>): Promise<WhyFacts> {
  const { db } = sources;
  const event = await findEvent(db, subject.draft.id);
  const holder = event && !event.isSettled ? await readHorizonHolder(db) : null;
  const [sinks, readApi] = await Promise.all([
    readSinks(sources, subject),
    askReadApi(sources, event?.position ?? null),
  ]);
  return { ...subject, event, holder, sinks, readApi };
}

/** What the read API has seen; without a position only whether it is there. Null: it does not answer. */
async function askReadApi({ readApiUrl, onError }: WhySources, position: string | null): Promise<WhyFacts['readApi']> {
  const path = position === null ? '/livez' : `/v1/positions/${position}?timeoutMs=0`;
  try {
    const response = await fetch(new URL(path, readApiUrl), { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) throw new Error(`the read API answered ${response.status}`);
    if (position === null) return [];
    return ((await response.json()) as PositionStatus).sinks;
  } catch (error) {
    onError(error as Error);
    return null;
  }
}
