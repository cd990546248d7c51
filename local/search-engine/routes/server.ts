import { ok, type Route } from './route.ts';

/** The version of Meilisearch whose behavior the conformance suite holds the embedded engine to. */
const VERSION = '1.50.0';
const UNKNOWN = 'unknown';

export const serverRoutes: readonly Route[] = [
  { method: 'GET', path: '/health', action: null, handle: () => ok({ status: 'available' }) },
  {
    method: 'GET',
    path: '/version',
    action: 'version',
    handle: () => ok({ commitSha: UNKNOWN, commitDate: UNKNOWN, pkgVersion: VERSION }),
  },
  {
    method: 'GET',
    path: '/stats',
    action: 'stats.get',
    handle: ({ engine, access }) => {
      const visible = engine.indexes.list().filter(({ uid }) => access.seesIndex(uid) || access.seesAllIndexes);
      const lastUpdate =
        visible
          .map(({ updatedAt }) => updatedAt)
          .sort()
          .at(-1) ?? null;
      return ok({
        databaseSize: engine.diskUsage(),
        usedDatabaseSize: engine.diskUsage(),
        lastUpdate,
        indexes: Object.fromEntries(visible.map((index) => [index.uid, engine.indexStats(index)])),
      });
    },
  },
];
