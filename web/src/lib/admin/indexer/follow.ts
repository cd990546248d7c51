import { POLL_MS } from './freshness.ts';
import type { Snapshot } from './snapshot.ts';

/** Longer than the storefront waits for the indexer. */
const PATIENCE_MS = 8_000;

interface Listener {
  onsnapshot: (snapshot: Snapshot) => void;
  /** Nothing new could be had; `code` says why. */
  onfailure: (code: string) => void;
}

/** Asks for what operators see again and again, while the page can be seen. Returns what ends it. */
export function followIndexer(url: string, { onsnapshot, onfailure }: Listener): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | null = null;

  async function ask(): Promise<void> {
    const current = new AbortController();
    asking = current;
    try {
      const signal = AbortSignal.any([current.signal, AbortSignal.timeout(PATIENCE_MS)]);
      const response = await fetch(url, { headers: { accept: 'application/json' }, signal });
      const body: unknown = await response.json();
      if (current.signal.aborted) return;
      if (response.ok) onsnapshot(body as Snapshot);
      else onfailure((body as { code?: string }).code ?? `http_${response.status}`);
    } catch {
      // Away, too slow or no answer of ours: all the same to who looks at it, and it is asked again.
      if (!current.signal.aborted) onfailure('api_unreachable');
    }
    if (!current.signal.aborted) timer = setTimeout(() => void ask(), POLL_MS);
  }

  function end(): void {
    clearTimeout(timer);
    asking?.abort();
    asking = null;
  }

  function follow(): void {
    end();
    if (!document.hidden) void ask();
  }

  follow();
  document.addEventListener('visibilitychange', follow);
  return () => {
    end();
    document.removeEventListener('visibilitychange', follow);
  };
}
