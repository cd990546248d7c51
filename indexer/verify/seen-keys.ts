import { hash } from 'node:crypto';

const SLOTS = 2 ** 21;
/** Above this, looking for a free slot takes long. */
const MAX_KEYS = SLOTS / 2;

/**
 * Keys that were judged already, as fingerprints: 16 MB, however many there are. What no longer fits is not
 * remembered; whoever asks has to judge it again.
 */
export class SeenKeys {
  readonly #slots = new Float64Array(SLOTS);
  readonly #maxKeys: number;
  #size = 0;

  constructor(maxKeys = MAX_KEYS) {
    this.#maxKeys = maxKeys;
  }

  add(key: string): void {
    if (this.#size >= this.#maxKeys) return;
    const { slot, isThere, fingerprint } = this.#find(key);
    if (isThere) return;
    this.#slots[slot] = fingerprint;
    this.#size += 1;
  }

  has(key: string): boolean {
    return this.#find(key).isThere;
  }

  /** The slot tells 21 bits of the hash and what lies in it 48 more: two keys are never taken for one. */
  #find(key: string): { slot: number; isThere: boolean; fingerprint: number } {
    const digest = hash('sha1', key, 'buffer');
    // 0 marks a free slot.
    const fingerprint = digest.readUIntLE(0, 6) + 1;
    let slot = digest.readUInt32LE(6) % SLOTS;
    for (let held = this.#slots[slot]; held; held = this.#slots[slot]) {
      if (held === fingerprint) return { slot, isThere: true, fingerprint };
      slot = (slot + 1) % SLOTS;
    }
    return { slot, isThere: false, fingerprint };
  }
}
