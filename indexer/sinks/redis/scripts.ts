/**
 * The Lua of the Redis sink. Each script is one atomic step, so no reader and no second leader sees half of it.
 * Positions are compared as text (Lua's numbers would lose bits).
 */

/** KEYS: current. ARGV: epoch, namespace. Claims Redis for the epoch; answers the checkpoint, live generation, whether it is ready, and its watermark. */
const CLAIM = `
local held = redis.call('HGET', KEYS[1], 'leaderEpoch')
if held and tonumber(held) > tonumber(ARGV[1]) then
  return redis.error_reply('FENCED epoch ' .. held .. ' is ahead of ' .. ARGV[1])
end
redis.call('HSET', KEYS[1], 'leaderEpoch', ARGV[1])
return {
  redis.call('HGET', ARGV[2] .. 'checkpoint', 'json'),
  redis.call('HGET', ARGV[2] .. 'checkpoint', 'position'),
  redis.call('HGET', KEYS[1], 'redisGeneration'),
  redis.call('HGET', KEYS[1], 'redisReady'),
  redis.call('HGET', KEYS[1], 'redisWatermark')
}`;

/** ARGV: namespace, key … What is held of each key: version, hash, tombstone, lists, mark. Of what is no document: nothing. */
const HELD = `
local held = {}
for i = 2, #ARGV do
  local found = redis.pcall('HMGET', ARGV[1] .. ARGV[i], 'v', 'h', 't', 'lists', 's')
  held[#held + 1] = found.err and {} or found
end
return held`;

/**
 * KEYS: current. ARGV: epoch, namespace, '1' to mark documents as old or '' to take the mark away, channel, message ('' for
 * none), key …
 */
const MARK = `
if redis.call('HGET', KEYS[1], 'leaderEpoch') ~= ARGV[1] then return redis.error_reply('REOPEN the epoch is another one') end
for i = 6, #ARGV do
  if ARGV[3] == '' then
    redis.pcall('HDEL', ARGV[2] .. ARGV[i], 's')
  else
    redis.pcall('HSET', ARGV[2] .. ARGV[i], 's', '1')
  end
end
if ARGV[5] ~= '' then redis.call('PUBLISH', ARGV[4], ARGV[5]) end
return 'OK'`;

/**
 * KEYS: current. ARGV: epoch, namespace, position that the checkpoint must have ('' for any), seconds that a tombstone
 * is kept, number of documents, then for each its key, version, 'd' or 't', body, hash, guard and lists; then position
 * and JSON of the new checkpoint ('' for none), the number of fields for current, their names and values, channel and
 * message ('' for none). Answers one '1' (taken) or '0' (refused as not newer) for each document.
 */
const APPLY = `
local epoch, space = ARGV[1], ARGV[2]
local held = redis.call('HGET', KEYS[1], 'leaderEpoch')
if held ~= epoch then
  if held and tonumber(held) > tonumber(epoch) then
    return redis.error_reply('FENCED epoch ' .. held .. ' is ahead of ' .. epoch)
  end
  return redis.error_reply('REOPEN the epoch is gone')
end
if ARGV[3] ~= '' and redis.call('HGET', space .. 'checkpoint', 'position') ~= ARGV[3] then
  return redis.error_reply('REOPEN the checkpoint is another one')
end

-- Only those that differ: of forty lists that a course stands in, an enrollment moves it in a few.
local function move(before, after)
  local stays = {}
  for _, m in ipairs(after) do stays[m.list .. '\\0' .. m.member] = 0 end
  for _, m in ipairs(before) do
    local place = m.list .. '\\0' .. m.member
    if stays[place] then stays[place] = 1 else redis.call('ZREM', space .. m.list, m.member) end
  end
  for _, m in ipairs(after) do
    if stays[m.list .. '\\0' .. m.member] == 0 then redis.call('ZADD', space .. m.list, 0, m.member) end
  end
end

local function take(key, version, kind, body, hash, guard, lists)
  local current = redis.call('HMGET', key, 'v', 'lists')
  if current[1] and current[1] >= version then return '0' end
  local before = current[2] or ''
  if before ~= lists then
    move(before == '' and {} or cjson.decode(before), lists == '' and {} or cjson.decode(lists))
  end
  redis.call('DEL', key)
  if kind == 't' then
    redis.call('HSET', key, 'v', version, 't', '1')
    redis.call('EXPIRE', key, ARGV[4])
    return '1'
  end
  redis.call('HSET', key, 'v', version, 'd', body, 'h', hash)
  if guard ~= '' then redis.call('HSET', key, 'g', guard) end
  if lists ~= '' then redis.call('HSET', key, 'lists', lists) end
  return '1'
end

local taken = {}
local at = 6
for i = 1, tonumber(ARGV[5]) do
  taken[i] = take(space .. ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], ARGV[at + 4], ARGV[at + 5], ARGV[at + 6])
  at = at + 7
end
if ARGV[at] ~= '' then
  redis.call('HSET', space .. 'checkpoint', 'position', ARGV[at], 'json', ARGV[at + 1])
end
local fields = tonumber(ARGV[at + 2])
at = at + 3
for i = 1, fields do
  redis.call('HSET', KEYS[1], ARGV[at], ARGV[at + 1])
  at = at + 2
end
if ARGV[at + 1] ~= '' then redis.call('PUBLISH', ARGV[at], ARGV[at + 1]) end
return table.concat(taken)`;

/**
 * KEYS: current. ARGV: epoch, channel, message, then names and values of fields. Tells readers where a sink outside
 * Redis stands; refused only when a newer leader is known.
 */
const ANNOUNCE = `
local held = redis.call('HGET', KEYS[1], 'leaderEpoch')
if held and tonumber(held) > tonumber(ARGV[1]) then
  return redis.error_reply('FENCED epoch ' .. held .. ' is ahead of ' .. ARGV[1])
end
for i = 4, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
if ARGV[3] ~= '' then redis.call('PUBLISH', ARGV[2], ARGV[3]) end
return 'OK'`;

export const scripts = {
  indexerClaim: { lua: CLAIM, numberOfKeys: 1 },
  indexerHeld: { lua: HELD, numberOfKeys: 0 },
  indexerApply: { lua: APPLY, numberOfKeys: 1 },
  indexerAnnounce: { lua: ANNOUNCE, numberOfKeys: 1 },
  indexerMark: { lua: MARK, numberOfKeys: 1 },
};

type Text = string | null;

/** The commands that ioredis makes of the scripts. */
export interface ScriptCommands {
  indexerClaim(current: string, epoch: number, namespace: string): Promise<[Text, Text, Text, Text, Text]>;
  indexerHeld(namespace: string, ...keys: string[]): Promise<[Text?, Text?, Text?, Text?, Text?][]>;
  indexerApply(current: string, ...args: (string | number)[]): Promise<string>;
  indexerMark(current: string, ...args: (string | number)[]): Promise<'OK'>;
  indexerAnnounce(current: string, ...args: (string | number)[]): Promise<'OK'>;
}
