import type { Checkpoint } from '../checkpoint.ts';
import type { Term } from '../leader/identity.ts';
import type { SinkKind } from './postgres.ts';
import { RedisDriver } from './redis-driver.ts';
import { keepGenerations } from './rebuild-thread.ts';
import { SearchDriver } from './search-driver.ts';
import { keepSink } from './sink-thread.ts';
import { ask, type Operation, type Steps } from './steps.ts';
import type { World } from './world.ts';

type PerSink<T> = Record<SinkKind, T>;

/** What one leader knows during its term. */
export interface Leader {
  world: World;
  term: Term;
  isLive: PerSink<boolean>;
  isCaughtUp: PerSink<boolean>;
  wantsRebuild: PerSink<boolean>;
  highest: PerSink<number>;
  /** What it has open. */
  generation: PerSink<number>;
  stands: PerSink<Checkpoint | null>;
  /** Somebody wants the stream to stand still; `standing`: it does. */
  hold: PerSink<{ standing: Checkpoint | null } | null>;
}

export interface Thread {
  steps: Steps<void>;
  pending: Operation | null;
}

/** An indexer process: it waits for the lock, takes over, and then does several things at once. */
export class Process {
  readonly id: number;
  readonly #world: World;
  isPaused = false;
  leader: Leader | null = null;
  threads: Thread[] = [];

  constructor(id: number, world: World) {
    this.id = id;
    this.#world = world;
    this.lead(0);
  }

  /** Begins a term past the epoch that a sink holds. */
  lead(heldEpoch: number): void {
    this.leader = null;
    this.threads = [{ steps: this.#takeOver(heldEpoch), pending: null }];
  }

  *#takeOver(heldEpoch: number): Steps<void> {
    const world = this.#world;
    const { postgres } = world;
    while (!(yield* ask('postgres', () => (postgres.leader ??= this.id) === this.id)));
    const term = yield* ask('postgres', () => {
      if (postgres.leader !== this.id) throw new SessionLostError();
      return postgres.takeOver(heldEpoch);
    });
    const leader: Leader = {
      world,
      term,
      isLive: { redis: false, search: false },
      isCaughtUp: { redis: false, search: false },
      wantsRebuild: { redis: false, search: false },
      highest: { redis: 0, search: 0 },
      generation: { redis: 0, search: 0 },
      stands: { redis: null, search: null },
      hold: { redis: null, search: null },
    };
    this.leader = leader;
    for (const driver of [new RedisDriver(world), new SearchDriver(world)]) {
      this.threads.push({ steps: keepSink(leader, driver), pending: null });
      this.threads.push({ steps: keepGenerations(leader, driver), pending: null });
    }
  }
}

export class SessionLostError extends Error {
  override name = 'SessionLostError';
}
