/** What the stream of notifications tells. */
interface Listener {
  /** How many are unread now. */
  onunread: (count: number) => void;
  /** Something new came, or more than the stream tells. */
  onnews: () => void;
}

/** After a stream that was refused: the read API or the session may be back by then. */
const RETRY_MS = 30_000;
/** All readers lose their streams at the same moment when the read API goes; they must not all come back at one. */
const SPREAD_MS = 15_000;

/**
 * Follows the visitor's notifications while the page can be seen: hidden pages would use up the few connections that a
 * browser has for one site. Returns what ends it.
 */
export function followNotifications(url: string, { onunread, onnews }: Listener): () => void {
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;

  function close(): void {
    clearTimeout(retry);
    source?.close();
    source = null;
  }

  function open(): void {
    close();
    const opened = new EventSource(url);
    source = opened;
    opened.addEventListener('unread', ({ data }: MessageEvent<string>) => {
      const count = Number(data);
      if (Number.isSafeInteger(count)) onunread(count);
    });
    opened.addEventListener('notification', onnews);
    opened.addEventListener('reset', onnews);
    opened.addEventListener('error', () => {
      // A stream that merely ended is opened again by the browser itself.
      if (opened.readyState === EventSource.CLOSED && source === opened) {
        retry = setTimeout(open, RETRY_MS + Math.random() * SPREAD_MS);
      }
    });
  }

  const follow = (): void => (document.hidden ? close() : open());
  follow();
  document.addEventListener('visibilitychange', follow);
  addEventListener('pagehide', close);
  return () => {
    close();
    document.removeEventListener('visibilitychange', follow);
    removeEventListener('pagehide', close);
  };
}
