import type { Checkpoint } from '../checkpoint.ts';
import { LateTermError } from '../run/term-errors.ts';
import { Process, type Thread } from './leader.ts';
import { ModelPostgres } from './postgres.ts';
import { Random } from './random.ts';
import { Readers } from './readers.ts';
import { ModelRedis } from './redis.ts';
import type { Rule } from './rules.ts';
import { EMPTY_ENGINE, ModelEngine } from './search-engine.ts';
import { NoAnswerError, type Operation } from './steps.ts';

const MAX_SETTLING = 30_000;

/** All servers and processes, and what befalls them, as a seed decides. */
export class World {
  readonly off: Rule | null;
  readonly random: Random;
  readonly postgres: ModelPostgres;
  readonly redis: ModelRedis;
  readonly engine = new ModelEngine();
  readonly readers: Readers;
  /** Counts how often the search server was set back. */
  engineLife = 0;
  processes: Process[] = [];
  /** Requests that nobody waits for any more, and that may still arrive. */
  late: Operation[] = [];
  /** Where rules that are off keep what belongs into the sinks. */
  readonly checkpointsBeside = new Map<string, Checkpoint>();
  readonly hashesBeside = new Map<string, string>();
  isFaulty = true;
  /** Nobody writes. */
  isQuiet = false;
  /** Of the documents that are written. */
  keys: readonly string[] = [];
  /** Share of requests without an answer. */
  lateness = 0.01;
  /** When each document was found to be unchanged last, in look-ups of the Redis sink. */
  readonly unchangedAt = new Map<string, number>();
  lookUps = 0;
  #ids = 0;

  constructor(seed: number, off: Rule | null) {
    this.off = off;
    this.random = new Random(seed);
    this.postgres = new ModelPostgres(off);
    this.redis = new ModelRedis(off);
    this.readers = new Readers(this);
  }

  start(): void {
    this.processes.push(new Process((this.#ids += 1), this));
  }

  /** Its requests under way may still arrive. */
  kill(process: Process): void {
    this.processes = this.processes.filter((each) => each !== process);
    if (this.postgres.leader === process.id) this.postgres.leader = null;
    for (const { pending } of process.threads) {
      if ((pending?.place === 'redis' || pending?.place === 'search') && this.random.chance(0.5))
        this.late.push(pending);
    }
  }

  /** Lets one of the processes come to the end of a request. Answers false when none can. */
  advance(): boolean {
    const running = this.processes.filter(({ isPaused }) => !isPaused);
    if (running.length === 0) return false;
    const process = this.random.pick(running);
    if (process.leader && this.postgres.leader !== process.id && this.random.chance(0.02)) {
      // It learns that its session is lost.
      this.kill(process);
      return true;
    }
    const thread = this.random.pick(process.threads);
    const place = thread.pending?.place;
    try {
      this.#step(thread);
    } catch (error) {
      if (error instanceof LateTermError && this.postgres.leader === process.id) process.lead(error.heldEpoch);
      else this.kill(process);
    }
    if (place === 'redis' || place === 'search') this.readers.look();
    return true;
  }

  deliverLate(): void {
    const operation = this.random.pick(this.late);
    this.late = this.late.filter((each) => each !== operation);
    const { mayComeLate } = operation;
    if (typeof mayComeLate === 'function' && !mayComeLate()) return;
    try {
      operation.run();
    } catch {
      // Nobody hears of it.
    }
    this.readers.look();
  }

  loseSearch(): void {
    this.engineLife += 1;
    this.engine.restore(EMPTY_ENGINE);
  }

  /** Lets everything come to rest without further faults. Throws when it does not. */
  settle(): void {
    this.isFaulty = false;
    for (const writing of this.postgres.writing.values()) this.postgres.commit(writing);
    for (const process of this.processes) process.isPaused = false;
    for (let step = 0; step < MAX_SETTLING; step += 1) {
      const isAlone = this.late.length === 0 && this.processes.filter(({ leader }) => leader).length < 2;
      // Whatever others still did, the leader makes good with its next commit.
      if (step === 0 || !isAlone)
        for (const { leader } of this.processes) if (leader) leader.isCaughtUp = { redis: false, search: false };
      if (this.late.length > 0) this.deliverLate();
      if (this.processes.length < 2) this.start();
      this.advance();
      this.engine.process(false);
      if (this.#isSettled()) return this.readers.compareAll();
    }
    throw new Error('the sinks did not come to rest');
  }

  #isSettled(): boolean {
    const { data, leader: id } = this.postgres;
    const leader = this.processes.find((process) => process.id === id)?.leader;
    if (!leader || this.late.length > 0 || !this.engine.isIdle) return false;
    const others = this.processes.filter((process) => process.id !== id && process.leader);
    return (
      others.length === 0 &&
      (['redis', 'search'] as const).every(
        (sink) =>
          leader.isLive[sink] &&
          leader.isCaughtUp[sink] &&
          leader.stands[sink]?.cursor.transactionId === String(data.nextXid) &&
          !leader.wantsRebuild[sink] &&
          data.jobs[sink] === null,
      )
    );
  }

  #step(thread: Thread): void {
    const { steps } = thread;
    const operation = thread.pending;
    const next = operation ? this.#carryOut(operation, steps) : steps.next();
    thread.pending = next.done ? null : next.value;
  }

  #carryOut(operation: Operation, steps: Thread['steps']): IteratorResult<Operation, void> {
    let answer: unknown;
    try {
      if (this.isFaulty && operation.place !== 'nowhere' && this.random.chance(this.lateness)) {
        if (this.random.chance(0.3)) operation.run();
        else if (operation.mayComeLate) this.late.push(operation);
        throw new NoAnswerError();
      }
      answer = operation.run();
    } catch (error) {
      return steps.throw(error);
    }
    return steps.next(answer);
  }
}
