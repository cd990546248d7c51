import type { Logger } from '@eduplatform/observability/logger';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { endedStreams, openStreams } from '../metrics.ts';
import { nextRun } from '../read-model/next-run.ts';
import { isUnreadable, unavailable } from '../read-model/problems.ts';
import type { Read } from '../read-model/read.ts';
import type { ReadModel } from '../read-model/read-model.ts';
import { EventStream } from './event-stream.ts';
import { follow, followedKeys } from './follow.ts';
import { inTurn } from './in-turn.ts';

export interface StreamLimits {
  /** Streams of this process. */
  max?: number;
  maxPerUser?: number;
  heartbeatMs?: number;
}

export interface Opening {
  userId: string;
  lastId: string | undefined;
  /** When the token expires, in milliseconds: the stream ends, and the reader comes back with a new one. */
  expiresAt: number;
  read: Read;
}

type EndReason = 'gone' | 'expired' | 'unreadable' | 'slow' | 'stopped';

const MAX_STREAMS = 5000;
const MAX_STREAMS_PER_USER = 5;
const HEARTBEAT_MS = 15_000;
/** Many may have something to be told at once; other reads must not wait behind all of them. */
const MAX_LOOKS_AT_ONCE = 50;
/** Readers who were sent away together come back one after the other. */
const RETRY_MS = { least: 2000, spread: 3000 };

/** The notification streams of this process, fed by what the indexer announces. */
export class NotificationStreams {
  readonly #model: Pick<ReadModel, 'changes' | 'direct' | 'isUp'>;
  readonly #limits: Required<StreamLimits>;
  readonly #logger: Logger;
  readonly #open = new Map<EventStream, (reason: EndReason) => void>();
  readonly #perUser = new Map<string, number>();
  readonly #looks = inTurn(MAX_LOOKS_AT_ONCE);
  readonly #heartbeats: NodeJS.Timeout;
  #stopped = false;

  constructor(model: Pick<ReadModel, 'changes' | 'direct' | 'isUp'>, logger: Logger, limits: StreamLimits = {}) {
    this.#model = model;
    this.#logger = logger;
    this.#limits = { max: MAX_STREAMS, maxPerUser: MAX_STREAMS_PER_USER, heartbeatMs: HEARTBEAT_MS, ...limits };
    this.#heartbeats = setInterval(() => {
      for (const stream of [...this.#open.keys()]) stream.heartbeat();
    }, this.#limits.heartbeatMs).unref();
  }

  /** A stream that has told what there was to tell. Throws 429 and 503 problems. */
  async open({ userId, lastId, expiresAt, read }: Opening): Promise<EventStream> {
    this.#admit(userId);
    const stream = new EventStream(() => end('slow'));
    const look = follow(this.#model.direct, { userId, lastId, send: (event) => stream.send(event) });
    const lookAgain = nextRun(() => this.#looks(() => look()));
    let isTold = false;
    let isDue = false;
    const unsubscribe = this.#model.changes.subscribe(followedKeys(userId), {
      changed: () => {
        if (isTold) lookAgain().catch(failed);
        else isDue = true;
      },
      interrupted: () => end('unreadable'),
    });
    const expiry = setTimeout(() => end('expired'), Math.max(0, expiresAt - Date.now()));
    const end = (reason: EndReason): void => {
      if (!this.#open.delete(stream)) return;
      clearTimeout(expiry);
      unsubscribe();
      this.#release(userId);
      endedStreams.inc({ reason });
      if (reason === 'slow') stream.destroy();
      else stream.end();
    };
    const failed = (error: unknown): void => {
      if (!isUnreadable(error)) this.#logger.error({ err: error }, 'a notification stream failed');
      end('unreadable');
    };
    this.#open.set(stream, end);
    openStreams.set(this.#open.size);
    stream.once('close', () => end('gone'));

    stream.retryAfter(RETRY_MS.least + Math.floor(Math.random() * RETRY_MS.spread));
    try {
      await look(read);
    } catch (error) {
      end('unreadable');
      stream.destroy();
      throw error;
    }
    isTold = true;
    if (isDue) lookAgain().catch(failed);
    return stream;
  }

  /** Ends every stream; nobody gets one from now on. */
  stop(): void {
    this.#stopped = true;
    clearInterval(this.#heartbeats);
    for (const end of [...this.#open.values()]) end('stopped');
  }

  #admit(userId: string): void {
    const headers = { 'retry-after': '5' };
    if (this.#stopped) throw new ProblemError('shutting_down', undefined, { headers });
    if (!this.#model.isUp) throw unavailable(new Error('announcements do not arrive'));
    if (this.#open.size >= this.#limits.max) {
      throw new ProblemError('overloaded', 'too many notification streams are open', { headers });
    }
    const count = this.#perUser.get(userId) ?? 0;
    if (count >= this.#limits.maxPerUser) {
      throw new ProblemError('rate_limited', `at most ${this.#limits.maxPerUser} notification streams`, { headers });
    }
    this.#perUser.set(userId, count + 1);
  }

  #release(userId: string): void {
    const count = (this.#perUser.get(userId) ?? 1) - 1;
    if (count > 0) this.#perUser.set(userId, count);
    else this.#perUser.delete(userId);
    openStreams.set(this.#open.size);
  }
}
