import type { Contender } from './contenders.ts';
import { sumOf } from './metrics-text.ts';

const TIMED = 'http_server_request_duration_seconds_count';
const LOOKED_UP = 'read_cache_lookups_total';
const PARSED = 'bench_answers_parsed';
/** Of the answers that were timed so many must have been parsed: a few have no body, or none that is JSON. */
const PARSED_SHARE = 0.9;

/**
 * Throws unless the read API's variants differ in what they are said to differ in, and in nothing that a reader sees: all
 * of them answer with the same bytes, all but `unmetered` have counted what they were asked, and `parsed` has parsed it.
 */
export async function checkVariants(contenders: readonly Contender[], path: string): Promise<void> {
  const variants = contenders.filter(({ metricsUrl }) => metricsUrl !== undefined);
  const bodies = await Promise.all(variants.map(async ({ url }) => (await fetch(url + path)).text()));
  if (new Set(bodies).size > 1) throw new Error(`not all contenders answer ${path} with the same bytes`);
  for (const { name, metricsUrl = '' } of variants) checkCounts(name, await (await fetch(metricsUrl)).text());
}

function checkCounts(name: string, metrics: string): void {
  const [timed, lookedUp, parsed] = [TIMED, LOOKED_UP, PARSED].map((metric) => sumOf(metrics, metric)) as [
    number,
    number,
    number,
  ];
  const isMetered = name !== 'unmetered';
  if (timed > 0 !== isMetered || lookedUp > 0 !== isMetered) {
    throw new Error(`${name} has timed ${timed} requests and counted ${lookedUp} look-ups`);
  }
  const isParsed = name === 'parsed';
  if (isParsed ? parsed < timed * PARSED_SHARE : parsed > 0) {
    throw new Error(`${name} has parsed ${parsed} of ${timed} answers`);
  }
}
