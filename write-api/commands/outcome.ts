import type { OutboxEvent } from '@eduplatform/contracts/events';
import type { Position } from '@eduplatform/contracts/positions';
import type { Role } from '@eduplatform/contracts/primitives';
import { appendToOutbox, readHorizon } from '@eduplatform/db/outbox';
import type { Tx } from '@eduplatform/db/transaction';
import { currentTraceParent } from '@eduplatform/observability/tracing';

/** Who gives a command. */
export interface Actor {
  id: string;
  role: Role;
  /** Whether an admin has verified this teacher. */
  isVerified: boolean;
}

/** What every command is told besides its own input. */
export interface CommandContext {
  actor: Actor;
  now: Date;
}

/** What every command answers: its result, with the new version, and the place of its last event in the outbox. */
export interface CommandOutcome<R> {
  result: R;
  position: Position;
  /** Status of the answer; that of the route unless told. A replay of the command is answered with the same. */
  status?: number;
}

/** Appends the events of a command, with its trace; a command without events answers the horizon. */
export const record = (tx: Tx, events: OutboxEvent[]): Promise<Position> =>
  events.length > 0 ? appendToOutbox(tx, events, currentTraceParent()) : readHorizon(tx);
