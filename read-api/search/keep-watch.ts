import type { SearchServer } from './search-server.ts';

/** One that answered within this time need not be asked. */
const ROUND_MS = 500;

export interface WatchOptions {
  /** Milliseconds that a server has to answer. */
  timeoutMs: number;
  onRound: () => void;
}

/**
 * Looks after the servers in the background: one that is away is tried again, and of one that nobody has asked for a while
 * it is found out whether it still answers, so that no reader is the first to notice. Answers the way to stop.
 */
export function keepWatch(servers: readonly SearchServer[], { timeoutMs, onRound }: WatchOptions): () => void {
  const asked = new Set<SearchServer>();
  const ask = async (server: SearchServer): Promise<void> => {
    asked.add(server);
    await server.probe(timeoutMs);
    asked.delete(server);
  };
  const round = (): void => {
    for (const server of servers) {
      const isDue = server.isComplete && (!server.isAnswering || server.silentMs >= ROUND_MS);
      if (isDue && !asked.has(server)) void ask(server);
    }
    onRound();
  };
  const timer = setInterval(round, ROUND_MS);
  round();
  return () => clearInterval(timer);
}
