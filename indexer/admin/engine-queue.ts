import { searchSinksOf, type Config } from '../config.ts';

const TIMEOUT_MS = 1000;

/**
 * Tasks that wait or run in the search engine of each sink, whoever sent them; null where the engine does not tell in
 * time. Readers of a status must not wait for an engine that is away.
 */
export async function readEngineQueues(search: Config['search']): Promise<Map<string, number | null>> {
  const counts = await Promise.all(
    searchSinksOf(search).map(async ({ name, url, masterKey }) => [name, await countTasks(url, masterKey)] as const),
  );
  return new Map<string, number | null>(counts);
}

async function countTasks(url: string, masterKey: string): Promise<number | null> {
  try {
    const response = await fetch(`${url}/tasks?statuses=enqueued,processing&limit=1`, {
      headers: { authorization: `Bearer ${masterKey}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const { total } = (await response.json()) as { total?: number };
    return total ?? null;
  } catch {
    // That it is away is told by the sink's own state and error.
    return null;
  }
}
