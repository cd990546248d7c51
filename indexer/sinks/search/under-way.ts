import type { HeldDocument } from './held.ts';
import type { Plan } from './plan.ts';

/** What a document will be when its task has succeeded. */
export interface Expected {
  v: string;
  /** Null: it will be deleted. */
  h: string | null;
}

/**
 * What was sent and is not known to have succeeded: the engine answers look-ups without it, though it will apply it
 * before whatever is sent next. Keys are those of the sink.
 */
export class UnderWay {
  readonly #expected = new Map<string, Expected & { count: number }>();

  add(keyOf: (id: string) => string, { additions, deletions }: Plan): void {
    for (const { id, version, hash } of additions) this.#put(keyOf(id), version, hash);
    for (const { id, version } of deletions) this.#put(keyOf(id), version, null);
  }

  /** When the tasks have succeeded: the engine knows by itself. What was sent again since stays. */
  remove(keyOf: (id: string) => string, { additions, deletions }: Plan): void {
    for (const { id } of [...additions, ...deletions]) {
      const key = keyOf(id);
      const held = this.#expected.get(key);
      if (held && held.count > 1) held.count -= 1;
      else this.#expected.delete(key);
    }
  }

  clear(): void {
    this.#expected.clear();
  }

  get(key: string): Expected | undefined {
    return this.#expected.get(key);
  }

  #put(key: string, v: string, h: string | null): void {
    const count = (this.#expected.get(key)?.count ?? 0) + 1;
    this.#expected.set(key, { v, h, count });
  }
}

/** What is held once everything under way is done. */
export function afterwards(
  ids: readonly string[],
  held: Map<string, HeldDocument>,
  expected: Map<string, Expected>,
): { held: Map<string, HeldDocument>; buried: Map<string, { v: string }> } {
  const documents = new Map(held);
  const buried = new Map<string, { v: string }>();
  for (const id of ids) {
    const next = expected.get(id);
    if (!next) continue;
    if (next.h === null) {
      documents.delete(id);
      buried.set(id, { v: next.v });
    } else documents.set(id, { id, v: next.v, h: next.h });
  }
  return { held: documents, buried };
}
