import type { BenchResult } from '../result.ts';
import { formatValue } from '../rows.ts';
import { cpuOf } from './plots.ts';
import { table } from './table.ts';

const RATES = [5_000, 50_000];
/** What readers are assumed to ask for. */
const MIX = { pages: 0.7, catalog: 0.2, search: 0.1 } as const;
/** Cores and servers are planned to be busy to this share: above it, queues grow faster than load. */
const BUSY = 0.6;

interface Inputs {
  /** Microseconds of CPU of the read API for one request. */
  pages: number;
  catalog: number;
  search: number;
  /** Of the search engine for one search. */
  engine: number;
  /** Microseconds of CPU of Redis for one command. */
  redis: number;
  commandsPerRequest: number;
}

/** What the measured costs would mean at higher rates; says what is missing where not all of them were measured. */
export function modelOf(result: BenchResult): string[] {
  const inputs = inputsOf(result);
  if (inputs === null) {
    return [
      'A model needs the CPU of keyed reads, pages, searches and Redis: this run did not measure all of them.',
      '',
    ];
  }
  const { pages, catalog, search, engine, redis, commandsPerRequest } = inputs;
  const perRequest = MIX.pages * pages + MIX.catalog * catalog + MIX.search * search;
  const cores = (us: number, perSecond: number): string => formatValue((us * perSecond) / 1_000_000 / BUSY, 'cores');
  return [
    '**This is a model, not a measurement**: it multiplies what one request costs here, and knows nothing of networks, of other machines, and of what comes between them.',
    '',
    ...table(
      ['Measured', 'CPU'],
      [
        ['read API, a page (course, curriculum, lesson)', formatValue(pages, 'µs')],
        ['read API, a catalog page', formatValue(catalog, 'µs')],
        ['read API, a search', formatValue(search, 'µs')],
        [`${result.versions['search engine']}, a search`, formatValue(engine, 'µs')],
        [`Redis, a command (${formatValue(commandsPerRequest, '')} for a request)`, formatValue(redis, 'µs')],
      ],
    ),
    `Of requests, ${MIX.pages * 100} % are for pages, ${MIX.catalog * 100} % for catalog lists and ${MIX.search * 100} % are searches; everything is planned to be ${BUSY * 100} % busy.`,
    '',
    ...table(
      ['', ...RATES.map((rate) => `${rate.toLocaleString('en-US')} requests/s`)],
      [
        ['read API', ...RATES.map((rate) => cores(perRequest, rate))],
        ['search engine', ...RATES.map((rate) => cores(engine, rate * MIX.search))],
        ['Redis', ...RATES.map((rate) => cores(redis * commandsPerRequest, rate))],
      ],
    ),
    'Commands for a request are those of the rate at which the row of Redis was measured, as many requests as one core answers. A cached document is read again when its time is over, however often it was asked for: at lower rates of a process there are more commands for a request.',
    '',
    'Read APIs share nothing: cores may be of any number of machines behind a load balancer. Search servers are added with `MEILI_URLS`, each holding everything. One Redis uses one core for commands; from the point where it would need more, replicas serve reads.',
    '',
  ];
}

function inputsOf({ series, rows, capacities }: BenchResult): Inputs | null {
  const of = (part: string, prefix: string) => {
    const found = series[part]?.find(({ name }) => name.startsWith(prefix));
    return found ? cpuOf(found) : null;
  };
  const pages = of('pages', 'read API');
  const catalog = of('keyed reads', 'catalog');
  const search = of('search', 'read API');
  const commandsPerRequest = rows.find(({ id }) => id === 'redis-commands')?.value;
  const redis = capacities.Redis;
  if (!pages || !catalog || !search || !redis || typeof commandsPerRequest !== 'number') return null;
  return {
    ...{ pages: pages.server, catalog: catalog.server, search: search.server, engine: search.search },
    ...{ redis: redis.cpuUs, commandsPerRequest },
  };
}
