import { startHello, startReadApi, type Arena, type Contender } from '../contenders.ts';
import { checkVariants } from '../check-variants.ts';
import type { Bench, Part } from '../part.ts';
import { ratios, spreadOf } from '../ratios.ts';
import { catalogRequests, courseRequests, signedInRequests } from '../requests.ts';
import { burstsOf, describeSeries, playRounds, ratesOf, type Entry, type Series } from '../rounds.ts';
import type { Row } from '../rows.ts';
import { signInStudents } from '../students.ts';
import { withContenders, type Enter } from '../with-contenders.ts';

/** Enough that a server on one core never waits for the load generator. */
const CONNECTIONS = 64;
const STUDENTS = 16;

interface Comparison {
  id: string;
  what: string;
  of: EntryName;
  to: EntryName;
  atLeast: number;
}

const COMPARISONS: readonly Comparison[] = [
  { id: 'course', what: 'cached course by key, tracing at 1 %, to hello', of: 'course', to: 'hello', atLeast: 0.5 },
  {
    id: 'course-untraced',
    what: 'cached course by key, no tracing, to hello',
    of: 'untraced',
    to: 'hello',
    atLeast: 0.65,
  },
  { id: 'catalog', what: 'cached catalog page of 20 to hello', of: 'catalog', to: 'hello', atLeast: 0.35 },
  { id: 'stored-bytes', what: 'stored bytes to parse and stringify', of: 'course', to: 'parsed', atLeast: 1.2 },
  { id: 'tracing', what: 'tracing at 1 % to untraced', of: 'course', to: 'untraced', atLeast: 0.8 },
  { id: 'metrics', what: 'metrics to none', of: 'course', to: 'unmetered', atLeast: 0.9 },
  { id: 'authenticated', what: 'authenticated to anonymous', of: 'authenticated', to: 'course', atLeast: 0.65 },
];

type EntryName =
  'hello' | 'course' | 'course again' | 'catalog' | 'authenticated' | 'untraced' | 'unmetered' | 'parsed';

/** Entries that the rows need, with the control that every run has. */
function entriesOf(wanted: ReadonlySet<string>): EntryName[] {
  const needed = COMPARISONS.filter(({ id }) => wanted.has(id)).flatMap(({ of, to }) => [of, to]);
  return [...new Set<EntryName>(['course', 'course again', ...needed])];
}

/** Keyed reads of the read API on one core: what each thing that production adds costs, by requests per second. */
export const keyed: Part = {
  name: 'keyed reads',
  growsWithData: true,
  rows: COMPARISONS.map(({ id }) => id),
  steps: ({ rounds, wanted }) => burstsOf(entriesOf(wanted).length, { rounds }),
  async run(bench) {
    const series = await withContenders((enter) => playAll(bench, enter));
    const rates = (name: EntryName): number[] => ratesOf(series.get(name));
    const rows = COMPARISONS.filter(({ id }) => bench.wanted.has(id)).map((comparison) =>
      rowOf(comparison, rates, series),
    );
    const control = spreadOf(ratios(rates('course again'), rates('course')));
    return { rows, series: [...series.values()], control };
  },
};

async function playAll(bench: Bench, enter: Enter): Promise<Map<string, Series>> {
  const { measuring, rounds, seconds, warmUpSeconds, step } = bench;
  const entries = await startEntries(bench, entriesOf(bench.wanted), enter);
  const series = await playRounds(measuring, entries, { rounds, seconds, warmUpSeconds, onBurst: step });
  const contenders = [...new Set(entries.map((entry) => entry.contender))];
  await checkVariants(contenders, courseRequests(bench.courses)[0]?.path ?? '');
  return series;
}

function rowOf(
  { id, what, of, to, atLeast }: Comparison,
  rates: (name: EntryName) => number[],
  series: Map<string, Series>,
): Row {
  const spread = spreadOf(ratios(rates(of), rates(to)));
  const note = [of, to].map((name) => describeSeries(series.get(name))).join('; ');
  return { id, what, value: spread.median, unit: '×', target: { atLeast }, spread, note };
}

type Start = (arena: Arena) => Promise<Contender>;
const PROCESSES = {
  hello: startHello,
  'read API': (arena) => startReadApi(arena, 'read API'),
  'read API again': (arena) => startReadApi(arena, 'read API again'),
  untraced: (arena) => startReadApi(arena, 'untraced', { traced: 0 }),
  unmetered: (arena) => startReadApi(arena, 'unmetered', { preloads: ['without-metrics'] }),
  parsed: (arena) => startReadApi(arena, 'parsed', { preloads: ['every-answer-parsed'] }),
} as const satisfies Record<string, Start>;

const PROCESS_OF: Record<EntryName, keyof typeof PROCESSES> = {
  hello: 'hello',
  course: 'read API',
  'course again': 'read API again',
  catalog: 'read API',
  authenticated: 'read API',
  untraced: 'untraced',
  unmetered: 'unmetered',
  parsed: 'parsed',
};

async function startEntries({ arena, courses }: Bench, names: EntryName[], enter: Enter): Promise<Entry[]> {
  const contenders = new Map<string, Contender>();
  for (const name of new Set(names.map((entry) => PROCESS_OF[entry])))
    contenders.set(name, await enter(PROCESSES[name](arena)));
  const anonymous = courseRequests(courses);
  const tokens = names.includes('authenticated') ? await signInStudents(arena.servers.writeApiUrl, STUDENTS) : [];
  const requestsOf = (name: EntryName) => {
    if (name === 'hello') return [{ path: '/' }];
    if (name === 'catalog') return catalogRequests();
    return name === 'authenticated' ? signedInRequests(courses, tokens) : anonymous;
  };
  return names.map((name) => {
    const contender = contenders.get(PROCESS_OF[name]);
    if (!contender) throw new Error(`${name} was not started`);
    return { name, contender, requests: requestsOf(name), connections: CONNECTIONS, staysAwake: true };
  });
}
