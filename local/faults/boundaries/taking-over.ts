import type { Arena } from '../arena/arena.ts';
import { leaderOf } from '../steps.ts';
import { script, search, statement, type Boundary } from './boundary.ts';

/** The next leader comes there as it takes over. */
const provoke = async (arena: Arena): Promise<null> => {
  const leader = leaderOf(arena);
  await leader.kill();
  await leader.start(false);
  return null;
};

const TAKING_OVER = 'update stream_state st';

/** While a new leader takes over and opens the sinks. */
export const takingOver: Boundary[] = [
  { name: 'before it takes over', set: statement(TAKING_OVER, 'before'), provoke },
  { name: 'when it has taken over, unheard', set: statement(TAKING_OVER, 'answered'), provoke },
  { name: 'before it claims Redis', set: script('indexerClaim', 'before'), provoke },
  { name: 'when it has claimed Redis, unheard', set: script('indexerClaim', 'answered'), provoke },
  { name: 'before it renames the indexes', set: search('POST', /^\/swap-indexes$/, 'before'), provoke },
  { name: 'when it has renamed the indexes, unheard', set: search('POST', /^\/swap-indexes$/, 'answered'), provoke },
  { name: 'when the settings of an index are enqueued', set: search('PATCH', /\/settings$/, 'answered'), provoke },
];
