import type { BeginRead } from './freshness/freshness.ts';
import type { DirectReader } from './read-model/direct-reader.ts';
import type { DocumentStore } from './read-model/document-store.ts';
import type { LiveState } from './read-model/live-state.ts';

/** What the routes are built on. */
export interface RouteDependencies {
  documents: DocumentStore;
  /** Past the cache. */
  direct: DirectReader;
  state: LiveState;
  beginRead: BeginRead;
}
