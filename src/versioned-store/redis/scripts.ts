import { createHash } from 'node:crypto';
import { recordLength, stampLength } from './layout.js';

/**
 * What Redis does in one step, in its Lua. Of each generation it keeps
 * - an index: a sorted set of equal scores, so ordered by bytes. A member begins with a document's key and `endOfKey`.
 *   Where documents have one version, its stamp (known time and position) and its body follow. Else a page of records
 *   follows, oldest first: stamp and number, `pageLength` at most, so that a long history costs a commit no more than a
 *   short one;
 * - bodies: a hash by that number, where documents have several versions.
 * Eight-byte numbers are compared by halves, for a Lua number holds 53 bits; never as text, whose order in Lua is that of
 * the server's locale. Every script finds out first whether it will be carried out, and then writes.
 */
const common = String.raw`
local view = KEYS[1]
local stamp, width, pageLength = ${stampLength}, ${recordLength}, 128

local function of(generation, field) return redis.call('HGET', view, generation .. ':' .. field) end
local function index(generation) return view .. ':' .. generation .. ':index' end
local function bodies(generation) return view .. ':' .. generation .. ':bodies' end

local function further(position, other)
  if #position ~= #other then return #position > #other end
  return position > other
end

local function drop(generation)
  redis.call('UNLINK', index(generation), bodies(generation))
  for _, field in ipairs({'version', 'once', 'checkpoint'}) do redis.call('HDEL', view, generation .. ':' .. field) end
  if redis.call('HGET', view, 'live') == generation then redis.call('HDEL', view, 'live') end
end

-- The bounds of a reading: a stamp, whole and in halves.
local bounds, k1, k2, p1, p2
local function upTo(given)
  bounds = given
  k1, k2, p1, p2 = struct.unpack('>I4I4I4I4', given)
end
local function within(text, offset)
  local a1, a2, b1, b2 = struct.unpack('>I4I4I4I4', text, offset + 1)
  return (a1 < k1 or a1 == k1 and a2 <= k2) and (b1 < p1 or b1 == p1 and b2 <= p2)
end

-- How many of a page's records lie within the bounds: both times only grow along them.
local function count(page, offset)
  local low, high = 0, (#page - offset) / width
  while low < high do
    local middle = math.ceil((low + high) / 2)
    if within(page, offset + (middle - 1) * width) then low = middle else high = middle - 1 end
  end
  return low
end

-- The last of a document's members that begins within the bounds.
local function member(set, prefix)
  local found = redis.call('ZREVRANGEBYLEX', set, '[' .. prefix .. bounds .. '\255\255\255\255\255', '[' .. prefix, 'LIMIT', 0, 1)[1]
  if not found or within(found, #prefix) then return found end
  -- Known early enough, but later in the log: those before it are as a rule few, but may be very many.
  local first, beyond = redis.call('ZLEXCOUNT', set, '-', '(' .. prefix), redis.call('ZRANK', set, found)
  local low = first
  while low < beyond do
    local middle = math.floor((low + beyond) / 2)
    if within(redis.call('ZRANGE', set, middle, middle)[1], #prefix) then low = middle + 1 else beyond = middle end
  end
  return low > first and redis.call('ZRANGE', set, low - 1, low - 1)[1]
end

-- The generation that is asked for, or the live one, whether it has each document once, and its version; nothing where
-- there is none.
local function reading(asked)
  local generation = asked ~= '' and asked or redis.call('HGET', view, 'live')
  local once = generation and of(generation, 'once')
  if once then return generation, once == '1', of(generation, 'version') end
end
`;

export interface Script {
  readonly lua: string;
  readonly sha: string;
}

function script(body: string): Script {
  const lua = common + body;
  return { lua, sha: createHash('sha1').update(lua).digest('hex') };
}

/** `KEYS` registry, names; `ARGV` milliseconds since 1970, view. Gives the generation's number. */
export const registerView = script(String.raw`
local last = tonumber(redis.call('GET', KEYS[1]) or '0')
local generation = string.format('%.0f', math.max(last + 1, tonumber(ARGV[1])))
redis.call('SET', KEYS[1], generation)
redis.call('SADD', KEYS[2], ARGV[2])
return generation`);

/** `ARGV` generation, version, once. */
export const createView = script(String.raw`
local generation = ARGV[1]
redis.call('HSET', view, generation .. ':version', ARGV[2], generation .. ':once', ARGV[3])
redis.call('HSETNX', view, 'live', generation)`);

/** `ARGV` generation, `1` if it must not be behind. Gives `unknown`, `behind` with both checkpoints, or `done`. */
export const switchTo = script(String.raw`
local generation = ARGV[1]
if not of(generation, 'once') then return {'unknown'} end
local live = redis.call('HGET', view, 'live')
if ARGV[2] == '1' and live then
  local own, theirs = of(generation, 'checkpoint') or '', of(live, 'checkpoint') or ''
  if further(theirs, own) then return {'behind', theirs, own} end
end
for _, field in ipairs(redis.call('HKEYS', view)) do
  local other = string.match(field, '^(%d+):once$')
  if other and other ~= generation then drop(other) end
end
redis.call('HSET', view, 'live', generation)
return {'done'}`);

/** `ARGV` generation. */
export const dropView = script(`
drop(ARGV[1])
return {'done'}`);

/**
 * `ARGV` generation, checkpoint from, to, then prefix, stamp and body of each version. Gives `unknown`, `conflict` with
 * the checkpoint, `second` with the place of a second version among those given, from 0, or `done`.
 */
export const commit = script(String.raw`
local generation, from, to = ARGV[1], ARGV[2], ARGV[3]
local once = of(generation, 'once')
if not once then return {'unknown'} end
local actual = of(generation, 'checkpoint') or ''
if actual ~= from then return {'conflict', actual} end
local set, values = index(generation), bodies(generation)

local added = {}
if once == '1' then
  local standing = {}
  for at = 4, #ARGV, 3 do
    local prefix, position = ARGV[at], string.sub(ARGV[at + 1], 9)
    local there = standing[prefix]
    if not there then
      local entry = redis.call('ZRANGEBYLEX', set, '[' .. prefix, '(' .. prefix .. '\255', 'LIMIT', 0, 1)[1]
      if entry then
        there = string.sub(entry, #prefix + 9, #prefix + stamp)
      else
        there = position
        added[#added + 1] = 0
        added[#added + 1] = prefix .. ARGV[at + 1] .. ARGV[at + 2]
      end
      standing[prefix] = there
    end
    if there ~= position then return {'second', (at - 4) / 3} end
  end
end

-- The first write: where Redis takes none, be it for want of memory, it says so here, with nothing written.
redis.call('HSET', view, generation .. ':checkpoint', to)
for at = 1, #added, 1000 do redis.call('ZADD', set, unpack(added, at, math.min(at + 999, #added))) end
if once == '1' then return {'done'} end

-- Bodies are gathered, for many small calls take longer.
local number, named = redis.call('HLEN', values), {}
for at = 4, #ARGV, 3 do
  local prefix, given = ARGV[at], ARGV[at + 1]
  upTo(given)
  local page = member(set, prefix)
  if not page then
    -- Before all others, if there are any.
    page = redis.call('ZRANGEBYLEX', set, '[' .. prefix, '(' .. prefix .. '\255', 'LIMIT', 0, 1)[1] or prefix
  end
  local cut = #prefix + count(page, #prefix) * width
  if cut == #prefix or string.sub(page, cut - width + 1, cut - width + stamp) ~= given then
    local name = struct.pack('>I4', number)
    number = number + 1
    named[#named + 1] = name
    named[#named + 1] = ARGV[at + 2]
    local before, record, after = string.sub(page, 1, cut), given .. name, string.sub(page, cut + 1)
    redis.call('ZREM', set, page)
    if cut > #prefix and #page - #prefix >= width * pageLength then
      redis.call('ZADD', set, 0, before, 0, prefix .. record .. after)
    else
      redis.call('ZADD', set, 0, before .. record .. after)
    end
  end
end
for at = 1, #named, 1000 do redis.call('HSET', values, unpack(named, at, math.min(at + 999, #named))) end
return {'done'}`);

/*
 * What reads gives nothing where there is no such generation, else its number, its version, whether it has each document
 * once, and members: whole, or of what they tell only the versions asked for.
 */

/** `ARGV` generation, bounds, prefix. Gives one member or none, then its body where that is not in it. */
export const getVersion = script(String.raw`
local generation, once, version = reading(ARGV[1])
if not generation then return false end
upTo(ARGV[2])
local prefix = ARGV[3]
local page = member(index(generation), prefix)
if not page then return {generation, version, '0', {}} end
if once then return {generation, version, '1', {page}} end
local last = #prefix + count(page, #prefix) * width
local record = string.sub(page, last - width + 1, last)
return {generation, version, '0', {prefix .. record}, redis.call('HGET', bodies(generation), string.sub(record, stamp + 1))}`);

/** `ARGV` generation, bounds, prefix. */
export const getHistory = script(String.raw`
local generation, once, version = reading(ARGV[1])
if not generation then return false end
upTo(ARGV[2])
local prefix = ARGV[3]
local members = {}
local last = '[' .. prefix .. bounds .. '\255\255\255\255\255'
for _, page in ipairs(redis.call('ZRANGEBYLEX', index(generation), '[' .. prefix, last)) do
  if within(page, #prefix) then
    members[#members + 1] = once and page or string.sub(page, 1, #prefix + count(page, #prefix) * width)
  end
end
return {generation, version, once and '1' or '0', members}`);

/**
 * `ARGV` generation, bounds, where to begin and to end as ZRANGEBYLEX takes it, how many versions to give and how many
 * members to look at. Gives one version a member, then where to go on: nowhere is empty text.
 */
export const listVersions = script(String.raw`
local generation, once, version = reading(ARGV[1])
if not generation then return false end
upTo(ARGV[2])
local set, limit, most = index(generation), tonumber(ARGV[5]), tonumber(ARGV[6])
local pages = redis.call('ZRANGEBYLEX', set, ARGV[3], ARGV[4], 'LIMIT', 0, most)
local members, at, prefix = {}, 1
while at <= #pages and #members < limit do
  local page = pages[at]
  prefix = string.sub(page, 1, string.find(page, '\0\0', 1, true) + 1)
  local following = at + 1
  while pages[following] and string.sub(pages[following], 1, #prefix) == prefix do following = following + 1 end
  if once then
    if within(page, #prefix) then members[#members + 1] = page end
  else
    -- The last of them may have more pages than these.
    if following > at + 1 or not pages[following] then page = member(set, prefix) end
    local last = page and #prefix + count(page, #prefix) * width
    if page and last > #prefix then members[#members + 1] = prefix .. string.sub(page, last - width + 1, last) end
  end
  at = following
end
local more = prefix and (at <= #pages or #pages == most)
return {generation, version, once and '1' or '0', members, more and '(' .. prefix .. '\255' or ''}`);
