import { currentKey, redisNamespace } from '@eduplatform/contracts/redis-keys';
import type { LiveState } from './live-state.ts';
import { ask, type Question, type Reply } from './page-script.ts';
import { building, unavailable } from './problems.ts';
import type { Read } from './read.ts';
import type { RedisGate } from './redis-connection.ts';

export interface DirectReaderOptions {
  prefix: string;
  state: LiveState;
  gate: RedisGate;
  /** Reads `<prefix>:current` again, beginning after this call. */
  confirm: () => Promise<void>;
}

export type DirectAnswer = Omit<Reply, 'generation' | 'isReady' | 'isOld'>;

/**
 * Reads the live generation past the cache, in one round trip for whatever is asked together: for what belongs to one
 * person, which is hardly read twice, and for what must be as it stands now. Throws 503 problems, never "not found".
 */
export class DirectReader {
  readonly #options: DirectReaderOptions;

  constructor(options: DirectReaderOptions) {
    this.#options = options;
  }

  /** A body is null when the finished read model has no such document. Throws read_model_building or _unavailable. */
  async ask(read: Read, question: Question): Promise<DirectAnswer> {
    const { state } = this.#options;
    if (!state.redis) await this.#confirm();
    // The second time is for a generation that was replaced meanwhile.
    for (let attempt = 1; state.redis && attempt <= 2; attempt += 1) {
      const { generation } = state.redis;
      const mark = state.mark('redis');
      const reply = await this.#send(generation, question);
      if (reply.generation === generation) {
        if (!reply.isReady && couldGrow(question, reply)) throw building();
        read.saw(mark);
        if (reply.isOld) read.sawOldCopy();
        return reply;
      }
      await this.#confirm();
    }
    throw building();
  }

  async #send(generation: number, question: Question): Promise<Reply> {
    const { gate, prefix } = this.#options;
    try {
      const namespace = redisNamespace(prefix, generation);
      return await gate.send('page', (redis) => ask(redis, currentKey(prefix), namespace, question));
    } catch (error) {
      throw unavailable(error);
    }
  }

  async #confirm(): Promise<void> {
    try {
      await this.#options.confirm();
    } catch (error) {
      throw unavailable(error);
    }
  }
}

/** Whether an unfinished model may be about to say something else: lists being filled answer too little. */
const couldGrow = ({ page, sizes }: Question, { bodies, exists }: Reply): boolean =>
  page !== undefined || sizes !== undefined || bodies.includes(null) || exists.includes(false);
