import type { DocumentChange } from '@eduplatform/contracts/document-change';
import { contentHash } from '../content-hash.ts';
import type { HeldDocument } from './held.ts';

/** A line of NDJSON to be added. */
export interface Addition {
  id: string;
  version: string;
  hash: string;
  line: string;
}

export interface Deletion {
  id: string;
  version: string;
}

/** What has to be sent to one index, beside how many changes need not be. */
export interface Plan {
  additions: Addition[];
  deletions: Deletion[];
  unchanged: number;
  stale: number;
}

export type Change = DocumentChange & { id: string };

/**
 * Compares the changes of one index with what it holds and with the versions of its tombstones. The engine knows no
 * versions; that this is decided here is safe, since an index has one writer, who waits for each task.
 */
export function plan(changes: Change[], held: Map<string, HeldDocument>, tombstones: Map<string, { v: string }>): Plan {
  const result: Plan = { additions: [], deletions: [], unchanged: 0, stale: 0 };
  for (const change of changes) {
    const document = held.get(change.id);
    const version = document?.v ?? tombstones.get(change.id)?.v;
    if ('tombstone' in change) {
      if (!document) result.unchanged += 1;
      else if (isOlder(version, change.version)) result.deletions.push({ id: change.id, version: change.version });
      else result.stale += 1;
      continue;
    }
    const hash = contentHash(change.body);
    if (document?.h === hash && !change.isForced) result.unchanged += 1;
    else if (isOlder(version, change.version)) result.additions.push(addition(change.id, change, hash));
    else result.stale += 1;
  }
  return result;
}

const isOlder = (held: string | undefined, version: string): boolean => held === undefined || held < version;

/** The body with version and hash as its last fields; it is JSON text already and is not parsed again. */
const addition = (id: string, { body, version }: { body: string; version: string }, hash: string): Addition => ({
  id,
  version,
  hash,
  line: `${body.slice(0, -1)},"v":"${version}","h":"${hash}"}`,
});
