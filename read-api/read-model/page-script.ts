import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** What is read in one go: a stretch of a list with documents of each member, and whatever else is wanted with it. */
export interface Question {
  page?: PageQuestion;
  /** Keys of documents to read. */
  bodies?: readonly string[];
  /** Keys of documents of which it is asked whether they are there. */
  exists?: readonly string[];
  /** Lists to count. */
  sizes?: readonly string[];
}

export interface PageQuestion {
  list: string;
  /** Member that the page begins behind, or null for the beginning. */
  from: string | null;
  /** At most 100. */
  limit: number;
  descending: boolean;
  /** What the keys of a member's documents begin with; the member's id ends them. At most 4. */
  prefixes: readonly string[];
}

/** A member of a list and, for each prefix, its document's bytes. */
export interface Row {
  member: string;
  bodies: (Buffer | null)[];
}

export interface Reply {
  /** The live generation and whether it is complete, as of the same moment. */
  generation: number | null;
  isReady: boolean;
  rows: Row[];
  hasMore: boolean;
  bodies: (Buffer | null)[];
  exists: boolean[];
  sizes: number[];
  /** A newer version of one of the documents was refused by the read model. */
  isOld: boolean;
}

const MAX_LIMIT = 100;
const MAX_PREFIXES = 4;

/** One member more than the limit tells whether there is a next page; its documents are not read. */
const SCRIPT = `
local space, list = ARGV[1], ARGV[2]
local current = redis.call('HMGET', KEYS[1], 'redisGeneration', 'redisReady')
local count, prefixes = tonumber(ARGV[5]), tonumber(ARGV[6])
local members, bodies, others = {}, {}, {}
local isOld = 0
local function body(key)
  local found = redis.call('HMGET', key, 'd', 's')
  if found[2] then isOld = 1 end
  return found[1]
end
if list ~= '' then
  if ARGV[3] == 'down' then
    members = redis.call('ZRANGE', space .. list, ARGV[4], '-', 'BYLEX', 'REV', 'LIMIT', 0, count)
  else
    members = redis.call('ZRANGE', space .. list, ARGV[4], '+', 'BYLEX', 'LIMIT', 0, count)
  end
end
for place = 1, math.min(#members, count - 1) do
  local id = string.match(members[place], '[^\\1]*$')
  for prefix = 1, prefixes do
    bodies[#bodies + 1] = body(space .. ARGV[6 + prefix] .. id)
  end
end
for place = 7 + prefixes, #ARGV, 2 do
  local key = space .. ARGV[place + 1]
  if ARGV[place] == 'body' then
    others[#others + 1] = body(key)
  elseif ARGV[place] == 'exists' then
    others[#others + 1] = redis.call('HEXISTS', key, 'd')
  else
    others[#others + 1] = redis.call('ZCARD', key)
  end
end
return { current, members, bodies, others, isOld }
`;
const HASH = createHash('sha1').update(SCRIPT).digest('hex');

const NO_PAGE: PageQuestion = { list: '', from: null, limit: 0, descending: false, prefixes: [] };

/** Asks Redis in one command; in two where it does not know the script yet. */
export async function ask(redis: Redis, currentKey: string, namespace: string, question: Question): Promise<Reply> {
  const scripting = redis as Redis & Scripting;
  const parameters = [1, currentKey, namespace, ...parametersOf(question)];
  try {
    return parse(await scripting.evalshaBuffer(HASH, ...parameters), question);
  } catch (error) {
    if (!(error as Error).message.startsWith('NOSCRIPT')) throw error;
    return parse(await scripting.evalBuffer(SCRIPT, ...parameters), question);
  }
}

/** ioredis has these for every command and declares them for some. */
interface Scripting {
  evalshaBuffer(hash: string, ...parameters: (string | number)[]): Promise<RawReply>;
  evalBuffer(script: string, ...parameters: (string | number)[]): Promise<RawReply>;
}

function parametersOf({ page = NO_PAGE, bodies = [], exists = [], sizes = [] }: Question): (string | number)[] {
  const { list, from, limit, descending, prefixes } = page;
  if (limit > MAX_LIMIT || prefixes.length > MAX_PREFIXES) throw new RangeError('this is more than one page');
  const start = from === null ? (descending ? '+' : '-') : `(${from}`;
  const others = (kind: string, keys: readonly string[]): string[] => keys.flatMap((key) => [kind, key]);
  return [
    ...[list, descending ? 'down' : 'up', start, limit + 1],
    ...[prefixes.length, ...prefixes],
    ...[...others('body', bodies), ...others('exists', exists), ...others('size', sizes)],
  ];
}

type RawReply = [
  current: (Buffer | null)[],
  members: Buffer[],
  bodies: (Buffer | null)[],
  others: (Buffer | number | null)[],
  isOld: number,
];

function parse([current, members, found, others, isOld]: RawReply, question: Question): Reply {
  const { page = NO_PAGE, bodies = [], exists = [] } = question;
  const width = page.prefixes.length;
  const firstSize = bodies.length + exists.length;
  return {
    generation: wholeNumber(current[0]?.toString()),
    isReady: current[1]?.toString() === 'true',
    rows: members.slice(0, page.limit).map((member, index) => ({
      member: member.toString(),
      bodies: found.slice(index * width, (index + 1) * width),
    })),
    hasMore: members.length > page.limit,
    bodies: others.slice(0, bodies.length) as (Buffer | null)[],
    exists: others.slice(bodies.length, firstSize).map((there) => Number(there) === 1),
    sizes: others.slice(firstSize).map(Number),
    isOld: Number(isOld) === 1,
  };
}

const wholeNumber = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
