import type { OutboxEvents } from '@eduplatform/contracts/events';
import type { DocumentSource } from './document-source.ts';
import type { Unversioned } from './draft-change.ts';
import { handle } from './event-handlers.ts';
import { loadDocuments } from './load-documents.ts';
import type { Projection } from './projection.ts';

type ReadModel = OutboxEvents['documents.mend']['readModel'];

/**
 * Documents that were found to differ: the stream itself writes them again, so that they get a version and an epoch as
 * everything else does, and nothing newer is overwritten. A build has nothing to do for it.
 */
export function mended(
  readModel: ReadModel,
  projections: readonly Projection[],
  sourceOf: (documentKey: string) => DocumentSource | null,
): Projection {
  const load: Projection['load'] = async (db, keys) =>
    (await loadDocuments(db, projections, sourceOf, keys)).map(forced);
  return {
    kind: 'mended',
    count: async () => 0,
    async *all() {},
    load,
    async *touched(db, rows) {
      const named = handle(
        { 'documents.mend': (payload) => (payload.readModel === readModel ? payload.documents : []) },
        rows,
      );
      for (const keys of named) {
        if (keys.length === 0) continue;
        yield { last: keys.at(-1) ?? '', size: keys.length, load: () => load(db, keys) };
      }
    },
  };
}

const forced = (change: Unversioned): Unversioned => ('tombstone' in change ? change : { ...change, isForced: true });
