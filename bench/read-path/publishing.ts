import { eventually } from '@eduplatform/local/platform/wait';
import { readCommitTimes } from '../freshness/commit-times.ts';
import { publishAtRate, type Target } from '../freshness/load.ts';
import type { Servers } from '../freshness/servers.ts';
import { watchReadModels } from '../freshness/watch.ts';
import { Latencies, type LatencyCounts } from '../load/latencies.ts';

/** After the last publish, the read models must have caught up within this. */
const CATCH_UP_MS = 30_000;

/** Milliseconds from commit until a change could be read. */
export interface Delays {
  redis: LatencyCounts;
  search: LatencyCounts;
}

export interface PublishingOptions {
  token: string;
  targets: Target[];
  perSecond: number;
  seconds: number;
}

/** Publishes courses at a steady rate and tells how long each took to be live. Throws when one is not, or not in time. */
export async function publishAndWatch(servers: Servers, options: PublishingOptions): Promise<Delays> {
  const watch = await watchReadModels(servers);
  try {
    await publishAtRate({
      ...{ ...options, writeApiUrl: servers.writeApiUrl },
      onPublish: (publish) => watch.expect(publish),
    });
    await eventually(() => watch.isComplete(), { timeoutMs: CATCH_UP_MS });
    const committedAt = await readCommitTimes(servers.databaseUrl);
    const [redis, search] = [new Latencies(), new Latencies()];
    for (const { position, redisAt, searchAt } of watch.sightings.values()) {
      redis.record((redisAt ?? Number.NaN) - committedAt(position));
      search.record((searchAt ?? Number.NaN) - committedAt(position));
    }
    if (watch.wrong.length > 0) throw new Error(`freshness: ${watch.wrong.slice(0, 3).join('; ')}`);
    return { redis: redis.counts, search: search.counts };
  } finally {
    await watch.close();
  }
}
