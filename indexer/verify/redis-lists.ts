/**
 * A document names the lists that it stands in; the two are compared where they lie, in one step, so that nothing in
 * flight can come between. Mending is refused for whoever does not lead.
 */
const FENCE = `
if ARGV[2] ~= '' and redis.call('HGET', KEYS[1], 'leaderEpoch') ~= ARGV[2] then
  return redis.error_reply('FENCED epoch ' .. (redis.call('HGET', KEYS[1], 'leaderEpoch') or 0) .. ' instead of ' .. ARGV[2])
end
local space = ARGV[1]
local function listsOf(key)
  local json = redis.call('HGET', space .. key, 'lists')
  if not json then return {} end
  local isJson, lists = pcall(cjson.decode, json)
  return isJson and lists or {}
end`;

/** KEYS: current. ARGV: namespace, epoch to mend ('' only looks), keys of documents. Answers how many members they name, and list and member of each that is not there. */
const MEMBERS = `${FENCE}
local count, found = 0, {}
for i = 3, #ARGV do
  for _, m in ipairs(listsOf(ARGV[i])) do
    count = count + 1
    if not redis.call('ZSCORE', space .. m.list, m.member) then
      if ARGV[2] ~= '' then redis.call('ZADD', space .. m.list, 0, m.member) end
      found[#found + 1] = { m.list, m.member }
    end
  end
end
return { count, found }`;

/** The same; then list, member and key of its document, three by three. Answers those members that their document does not name. */
const STRAYS = `${FENCE}
local function names(key, list, member)
  for _, m in ipairs(listsOf(key)) do
    if m.list == list and m.member == member then return true end
  end
  return false
end
local found = {}
for i = 3, #ARGV, 3 do
  local list, member = ARGV[i], ARGV[i + 1]
  if redis.call('ZSCORE', space .. list, member) and not names(ARGV[i + 2], list, member) then
    if ARGV[2] ~= '' then redis.call('ZREM', space .. list, member) end
    found[#found + 1] = { list, member }
  end
end
return found`;

export const listScripts = {
  verifyMembers: { lua: MEMBERS, numberOfKeys: 1 },
  verifyStrays: { lua: STRAYS, numberOfKeys: 1 },
};

type Member = [list: string, member: string];

/** The commands that ioredis makes of the scripts. */
export interface ListCommands {
  verifyMembers(current: string, namespace: string, epoch: string, ...keys: string[]): Promise<[number, Member[]]>;
  verifyStrays(current: string, namespace: string, epoch: string, ...triples: string[]): Promise<Member[]>;
}
