import { setImmediate as nextTurn } from 'node:timers/promises';
import type pg from 'pg';
import { renderCached } from '../markdown/render-cache.ts';
import type { RenderedMarkdown } from '../markdown/render.ts';
import { loadDraft, type DraftModule } from './draft.ts';
import type { Rendered } from './revision.ts';

/** Renders each text in a turn of the event loop of its own, so that a long course holds up nobody else. */
export async function renderDraft(descriptionMd: string, modules: DraftModule[]): Promise<Rendered> {
  const sources = [descriptionMd, ...modules.flatMap(({ lessons }) => lessons.map(({ bodyMd }) => bodyMd))];
  const results = new Map<string, RenderedMarkdown>();
  for (const source of sources) {
    if (results.has(source)) continue;
    const { rendered, wasCached } = renderCached(source);
    results.set(source, rendered);
    if (!wasCached) await nextTurn();
  }
  return (source) => {
    const rendered = results.get(source);
    if (!rendered) throw new Error('a text of the draft was not rendered');
    return rendered;
  };
}

/**
 * Renders the draft into the cache before the transaction that publishes it: a transaction that has locked the course
 * holds back the outbox's horizon, and with it everybody's publishing.
 */
export async function renderBeforehand(pool: pg.Pool, courseId: string): Promise<void> {
  const { rows } = await pool.query<{ description: string }>(
    'select description_md as description from courses where id = $1',
    [courseId],
  );
  if (rows[0]) await renderDraft(rows[0].description, await loadDraft(pool, courseId));
}
