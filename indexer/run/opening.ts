import type { Position } from '@eduplatform/contracts/positions';
import { checkpointPosition, type Checkpoint } from '../checkpoint.ts';
import { isSameDatabase, type DatabaseIdentity } from '../leader/identity.ts';

/**
 * What is to be done with a generation as it was found.
 * continue: build on, or follow the stream. renew: follow the stream, and build the next generation beside it.
 * serve: the stream has lost what it lacks; readers keep it as it is until the next generation is built beside it.
 * begin: there is nothing in it to be used. end-history: the database was never where it stands.
 */
export type Opening = 'continue' | 'renew' | 'serve' | 'begin' | 'end-history';

export interface Found {
  /** Null: there is none. */
  checkpoint: Checkpoint | null;
  identity: DatabaseIdentity;
  /** The last row that retention has dropped; null when nothing was. */
  droppedUpTo: Position | null;
  /** Postgres says that it must be built anew. */
  isMarked: boolean;
  /** The cluster has given out the ids before the checkpoint, and has the row that it names. */
  isContinued: boolean;
  /** Of this version, and the oldest whose documents it can serve. */
  model: { number: number; oldestReadable: number };
}

/** Decides on a generation by what its checkpoint says. Pure. */
export function decideOpening(found: Found): Opening {
  const { checkpoint, identity, droppedUpTo, isMarked, isContinued, model } = found;
  if (!checkpoint || !isSameDatabase(checkpoint.identity, identity)) return 'begin';
  // Before the row is looked for: of a sink that was left behind, retention may have dropped that too.
  const isLeftBehind = hasMissed(checkpoint, droppedUpTo);
  if (!isLeftBehind && !isContinued) return 'end-history';
  const isReadable = checkpoint.model >= model.oldestReadable;
  if (checkpoint.state === 'building') return isLeftBehind || checkpoint.model !== model.number ? 'begin' : 'continue';
  if (!isReadable) return 'begin';
  if (isLeftBehind) return 'serve';
  return isMarked || checkpoint.model !== model.number ? 'renew' : 'continue';
}

/** Whether rows were dropped that come after the checkpoint. */
export const hasMissed = (checkpoint: Checkpoint, droppedUpTo: Position | null): boolean =>
  droppedUpTo !== null && checkpointPosition(checkpoint) < droppedUpTo;
