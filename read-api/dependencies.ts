import type { BeginRead } from './freshness/freshness.ts';
import type { DocumentStore } from './read-model/document-store.ts';
import type { LiveState } from './read-model/live-state.ts';

/** What the routes are built on. */
export interface RouteDependencies {
  documents: DocumentStore;
  state: LiveState;
  beginRead: BeginRead;
}
