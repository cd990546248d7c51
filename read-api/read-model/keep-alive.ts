import type { Redis } from 'ioredis';

/** The indexer announces something at least once a second, so silence of this length is worth a question. */
const SILENCE_MS = 3000;

/**
 * Asks a subscribed connection for a sign of life when nothing was announced for a while: a connection that died
 * without an end looks like one on which nothing happens. One that owes its answer is ended by its socket timeout, and
 * made anew. Answers the way to stop.
 */
export function keepAlive(subscriber: Redis, silenceMs = SILENCE_MS): () => void {
  let heard = false;
  const listen = (): void => {
    heard = true;
  };
  subscriber.on('message', listen);
  const timer = setInterval(() => {
    // The socket timeout deals with an answer that does not come.
    if (!heard && subscriber.status === 'ready') subscriber.ping().catch(() => {});
    heard = false;
  }, silenceMs);
  return () => {
    clearInterval(timer);
    subscriber.off('message', listen);
  };
}
