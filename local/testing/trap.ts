import { Transform } from 'node:stream';

/** Where a message is caught: before it is passed on, with half of it passed on, or when its answer has come. */
export type Moment = 'before' | 'half' | 'answered';

/** Catches one message between a program and a server, and holds it and all that follows on its connection. */
export class Trap {
  readonly moment: Moment;
  #free = (): void => {};
  readonly #freed = new Promise<void>((resolve) => (this.#free = resolve));
  #isSprung = false;

  constructor(moment: Moment) {
    this.moment = moment;
  }

  /** Whether a message is held. */
  get isSprung(): boolean {
    return this.#isSprung;
  }

  /** Holds what has come; ends when it is to be passed on. */
  spring(): Promise<void> {
    this.#isSprung = true;
    return this.#freed;
  }

  /** Passes on what is held. */
  release(): void {
    this.#free();
  }
}

/** A trap for messages that match, as they go over a connection. */
export interface SetTrap {
  trap: Trap;
  matches: (message: string) => boolean;
}

/** The two directions of a connection as streams that hold what the trap of the moment catches. */
export function tapped(current: () => SetTrap | null): { requests: Transform; answers: Transform } {
  let answering: Trap | null = null;
  const requests = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const set = current();
      if (!set || set.trap.isSprung || !set.matches(chunk.toString('latin1'))) return done(null, chunk);
      const { trap } = set;
      if (trap.moment === 'answered') {
        answering = trap;
        return done(null, chunk);
      }
      const half = trap.moment === 'half' ? Math.floor(chunk.length / 2) : 0;
      if (half > 0) this.push(chunk.subarray(0, half));
      void trap.spring().then(() => done(null, chunk.subarray(half)));
    },
  });
  const answers = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const trap = answering;
      answering = null;
      if (!trap || trap.isSprung) return done(null, chunk);
      void trap.spring().then(() => done(null, chunk));
    },
  });
  return { requests, answers };
}
