import { MeiliError } from '../errors.ts';
import { keyValue, type ApiKey } from './key.ts';

/** API keys by uid. */
export class KeyStore {
  readonly #masterKey: string | null;
  readonly #byUid = new Map<string, ApiKey>();

  constructor(masterKey: string | null) {
    this.#masterKey = masterKey;
  }

  get masterKey(): string | null {
    return this.#masterKey;
  }

  /** Newest first, as Meilisearch lists them. */
  list(): ApiKey[] {
    return [...this.#byUid.values()].sort((left, right) => (left.createdAt < right.createdAt ? 1 : -1));
  }

  /** By uid or by the key itself. */
  require(uidOrKey: string): ApiKey {
    const found = this.#byUid.get(uidOrKey) ?? this.findByValue(uidOrKey);
    if (found === undefined) throw new MeiliError('api_key_not_found', `API key \`${uidOrKey}\` not found.`);
    return found;
  }

  has(uid: string): boolean {
    return this.#byUid.has(uid);
  }

  findByValue(value: string): ApiKey | undefined {
    return [...this.#byUid.values()].find(({ key }) => key === value);
  }

  /** Stores a key. Its value follows from the master key, also when that changed since it was written down. */
  put(key: Omit<ApiKey, 'key'>): ApiKey {
    const stored = { ...key, key: keyValue(this.#masterKey ?? '', key.uid) };
    this.#byUid.set(key.uid, stored);
    return stored;
  }

  delete(uid: string): void {
    this.#byUid.delete(uid);
  }
}
