import type { HorizonHolder } from '../source/horizon.ts';
import type { Difference } from '../verify/inspector.ts';

export interface DraftFacts {
  id: string;
  slug: string;
  ownerId: string;
  /** Of the draft as it stands, and of the draft that was published last; null: never. */
  version: number;
  publishedVersion: number | null;
  /** Null: readers do not see it. */
  liveRevision: number | null;
  updatedAt: Date;
  publishedAt: Date | null;
  archivedAt: Date | null;
  mayPublish: boolean;
  isOwnerSuspended: boolean;
}

/** The last event that says what readers shall see of the course. */
export interface EventFacts {
  type: string;
  position: string;
  occurredAt: Date;
  /** Every transaction before it has ended, so sinks may read it. */
  isSettled: boolean;
}

export interface SinkFacts {
  name: string;
  /** What readers are told; null: nothing yet. */
  position: string | null;
  positionAt: string | null;
  isReady: boolean;
  isPaused: boolean;
  pausedAt: Date | null;
  needsRebuild: string | null;
  /** A rebuild under way. */
  job: { kind: string; phase: string } | null;
  /** As the leader tells; null: this process does not know. */
  error: string | null;
  deadLetters: { key: string; reason: string; at: Date; isReplayRequested: boolean }[];
  /** Tasks waiting or running; null: it has no engine, or that is away. */
  queue: number | null;
  /** Documents that differ from Postgres; null: could not be compared. */
  differing: { key: string; difference: Difference }[] | null;
}

/** What is known of one course, or of one lesson with its course. */
export interface WhyFacts {
  draft: DraftFacts;
  lesson: { id: string; isInDraft: boolean; isLive: boolean } | null;
  event: EventFacts | null;
  holder: HorizonHolder | null;
  sinks: SinkFacts[];
  /** What the read API has seen of the event; null: it cannot be asked. */
  readApi: { name: string; passed: boolean; at: string | null }[] | null;
}
