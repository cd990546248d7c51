import type { Contender } from './contenders.ts';

/** Counts of the histogram that times requests. */
const TIMED = /^http_server_request_duration_seconds_count\b.*$/m;

/**
 * Throws unless the read API's variants differ in what they are said to differ in, and in nothing that a reader sees: all
 * of them answer with the same bytes, and all but `unmetered` have timed what they were asked.
 */
export async function checkVariants(contenders: readonly Contender[], path: string): Promise<void> {
  const variants = contenders.filter(({ metricsUrl }) => metricsUrl !== undefined);
  const bodies = await Promise.all(variants.map(async ({ url }) => (await fetch(url + path)).text()));
  if (new Set(bodies).size > 1) throw new Error(`not all contenders answer ${path} with the same bytes`);
  for (const { name, metricsUrl = '' } of variants) {
    const isTimed = TIMED.test(await (await fetch(metricsUrl)).text());
    if (isTimed === (name === 'unmetered')) throw new Error(`${name} ${isTimed ? 'takes' : 'does not take'} metrics`);
  }
}
