import type { Arena } from '../arena/arena.ts';
import { request, whenDone } from '../steps.ts';
import { command, script, search, statement, type Boundary } from './boundary.ts';

type SinkName = 'redis' | 'search';

const reindex =
  (sink: SinkName) =>
  (arena: Arena): Promise<string> =>
    request(arena, 'reindex', sink);

/** So that there is a generation that the next rebuild removes. */
const prepare = (sink: SinkName) => async (arena: Arena) => whenDone(arena, await reindex(sink)(arena), true);

const SWAP = 'set previous_generation = case';
const BEGUN = { having: ['"state":"building"'] };
/** Of the stream in use, readers are told. */
const FILLED = { having: ['"state":"live"'], lacking: ['"sink"'] };

const stepsOf = (sink: SinkName): Boundary[] => [
  { name: 'when its generation is allotted, unheard', set: statement('set next_generation = coalesce', 'answered') },
  {
    name: 'when its generation is begun, unheard',
    set: sink === 'redis' ? script('indexerApply', 'answered', BEGUN) : search('POST', /^\/indexes$/, 'answered'),
  },
  ...(sink === 'redis'
    ? [{ name: 'when it is filled, unheard', set: script('indexerApply', 'answered', FILLED) }]
    : []),
  { name: 'before the live stream is held', set: statement('"phase":"cutover"', 'before') },
  { name: 'before the swap', set: statement(SWAP, 'before') },
  { name: 'at the swap: it is done, unheard', set: statement(SWAP, 'answered') },
  {
    name: 'after the swap, before the oldest generation is removed',
    set: sink === 'redis' ? command('unlink', 'before') : search('DELETE', /^\/indexes\/\w+$/, 'before'),
    prepare: prepare(sink),
  },
  { name: 'after the swap, before the job is closed', set: statement('set state = $2, result = $3', 'before') },
];

/** While a generation is built beside the one in use, and takes its place. */
export const rebuilding: Boundary[] = (['redis', 'search'] as const).flatMap((sink) =>
  stepsOf(sink).map((step) => ({ provoke: reindex(sink), ...step, name: `in a rebuild of ${sink}, ${step.name}` })),
);
