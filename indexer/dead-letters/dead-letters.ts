import type { Queryable } from '@eduplatform/db/transaction';
import type { DocumentSource } from '../projections/document-source.ts';
import type { Refusal, RefusalBook } from '../sinks/refusals.ts';

const KEYS = 'select key from dead_letters where sink = $1';

const RECORD = `
  insert into dead_letters (sink, key, source_kind, source_key, version, reason)
  select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
  on conflict (sink, key) do update
  set version = excluded.version, reason = excluded.reason, source_kind = excluded.source_kind,
      source_key = excluded.source_key, attempts = dead_letters.attempts + 1, last_failed_at = now(),
      replay_requested_at = null`;

const SETTLE = 'delete from dead_letters where sink = $1 and key = any($2::text[])';

const REQUESTED = `
  select key, attempts from dead_letters where sink = $1 and replay_requested_at is not null order by id limit $2`;

const DROP_UNTRIED = `
  delete from dead_letters d using unnest($2::text[], $3::int[]) as asked (key, attempts)
  where d.sink = $1 and d.key = asked.key and d.attempts = asked.attempts
  returning d.key`;

const MAX_REASON = 4000;

export interface Requested {
  key: string;
  attempts: number;
}

/**
 * The documents that one sink refused, as rows that operators see. The set of keys is kept here too, so that a batch
 * need not ask; `sync` brings it up to date with what operators discarded.
 */
export class DeadLetters implements RefusalBook {
  readonly #db: Queryable;
  readonly #sink: string;
  readonly #sourceOf: (key: string) => DocumentSource | null;
  #keys: ReadonlySet<string> = new Set();

  constructor(db: Queryable, sink: string, sourceOf: (key: string) => DocumentSource | null) {
    this.#db = db;
    this.#sink = sink;
    this.#sourceOf = sourceOf;
  }

  get keys(): ReadonlySet<string> {
    return this.#keys;
  }

  async record(refusals: readonly Refusal[]): Promise<void> {
    const sources = refusals.map(({ key }) => this.#sourceOf(key));
    await this.#db.query(RECORD, [
      this.#sink,
      refusals.map(({ key }) => key),
      sources.map((source) => source?.kind ?? ''),
      sources.map((source) => source?.key ?? ''),
      refusals.map(({ version }) => version),
      // Postgres holds no NUL in text.
      refusals.map(({ reason }) => reason.replaceAll('\u0000', '').slice(0, MAX_REASON)),
    ]);
    this.#keys = new Set([...this.#keys, ...refusals.map(({ key }) => key)]);
  }

  async settle(keys: readonly string[]): Promise<void> {
    await this.#db.query(SETTLE, [this.#sink, keys]);
    this.#keys = without(this.#keys, keys);
  }

  /** Reads the rows again; answers keys that were dead letters here and are none any more. */
  async sync(): Promise<string[]> {
    const before = this.#keys;
    const { rows } = await this.#db.query<{ key: string }>(KEYS, [this.#sink]);
    const found = new Set(rows.map(({ key }) => key));
    const gone = [...before].filter((key) => !found.has(key));
    // What was recorded while this was read is kept.
    this.#keys = new Set([...without(this.#keys, gone), ...found]);
    return gone;
  }

  /** What operators want to be tried again, the oldest first. */
  async requested(limit: number): Promise<Requested[]> {
    return (await this.#db.query<Requested>(REQUESTED, [this.#sink, limit])).rows;
  }

  /** Removes those that were neither settled nor refused again since they were requested; answers their keys. */
  async dropUntried(asked: readonly Requested[]): Promise<string[]> {
    const values = [this.#sink, asked.map(({ key }) => key), asked.map(({ attempts }) => attempts)];
    const { rows } = await this.#db.query<{ key: string }>(DROP_UNTRIED, values);
    const keys = rows.map(({ key }) => key);
    this.#keys = without(this.#keys, keys);
    return keys;
  }
}

function without(keys: ReadonlySet<string>, gone: readonly string[]): Set<string> {
  const left = new Set(keys);
  for (const key of gone) left.delete(key);
  return left;
}
