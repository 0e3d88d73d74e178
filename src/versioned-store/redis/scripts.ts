import { createHash } from 'node:crypto';
import { recordLength, stampLength } from './layout.js';

/**
 * Lua scripts, which Redis runs atomically. The data of a generation is
 * - an index: a sorted set whose scores are all 0, so that members are ordered by bytes. A member begins with a
 *   document's escaped key and `endOfKey`. If documents have one version each (`once`), its stamp and body follow.
 *   Otherwise a page of up to `pageLength` records follows, oldest first, each a stamp and a body number. Pages keep
 *   the cost of a commit independent of the length of the history;
 * - bodies: a hash from body number to body, unless `once`. See `layout.ts` for stamps and records. 64-bit numbers are
 *   compared as two 32-bit halves, because a Lua number is exact only to 53 bits. They are not compared as text,
 *   because Lua's text order depends on the server's locale. Every script does all its checks before its first write.
 */
const common = String.raw`
local view = KEYS[1]
local stamp, width, pageLength = ${stampLength}, ${recordLength}, 128

local function field(generation, name) return redis.call('HGET', view, generation .. ':' .. name) end
local function index(generation) return view .. ':' .. generation .. ':index' end
local function bodies(generation) return view .. ':' .. generation .. ':bodies' end

local function isAfter(position, other)
  if #position ~= #other then return #position > #other end
  return position > other
end

local function drop(generation)
  redis.call('UNLINK', index(generation), bodies(generation))
  for _, name in ipairs({'version', 'once', 'checkpoint'}) do redis.call('HDEL', view, generation .. ':' .. name) end
  if redis.call('HGET', view, 'live') == generation then redis.call('HDEL', view, 'live') end
end

-- The bounds of a read: a stamp, as text and as four 32-bit numbers.
local bounds, k1, k2, p1, p2
local function upTo(given)
  bounds = given
  k1, k2, p1, p2 = struct.unpack('>I4I4I4I4', given)
end
local function within(text, offset)
  local a1, a2, b1, b2 = struct.unpack('>I4I4I4I4', text, offset + 1)
  return (a1 < k1 or a1 == k1 and a2 <= k2) and (b1 < p1 or b1 == p1 and b2 <= p2)
end

-- The number of a page's records within the bounds, by binary search: both times never decrease along the records.
local function count(page, offset)
  local low, high = 0, (#page - offset) / width
  while low < high do
    local middle = math.ceil((low + high) / 2)
    if within(page, offset + (middle - 1) * width) then low = middle else high = middle - 1 end
  end
  return low
end

-- The last member of a document whose first record is within the bounds.
local function member(set, prefix)
  local found = redis.call('ZREVRANGEBYLEX', set, '[' .. prefix .. bounds .. '\255\255\255\255\255', '[' .. prefix, 'LIMIT', 0, 1)[1]
  if not found or within(found, #prefix) then return found end
  -- Its known time is within the bounds, but its position is not. Binary search among the members before it.
  local first, beyond = redis.call('ZLEXCOUNT', set, '-', '(' .. prefix), redis.call('ZRANK', set, found)
  local low = first
  while low < beyond do
    local middle = math.floor((low + beyond) / 2)
    if within(redis.call('ZRANGE', set, middle, middle)[1], #prefix) then low = middle + 1 else beyond = middle end
  end
  return low > first and redis.call('ZRANGE', set, low - 1, low - 1)[1]
end

-- Returns the generation asked for, or the live one, with its once flag and its version; nothing if it does not exist.
local function resolve(asked)
  local generation = asked ~= '' and asked or redis.call('HGET', view, 'live')
  local once = generation and field(generation, 'once')
  if once then return generation, once == '1', field(generation, 'version') end
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

/** `KEYS` registry, names; `ARGV` milliseconds since 1970, view. Returns the generation number. */
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

/**
 * `ARGV` generation, `1` to refuse a generation that is behind the live one. Returns `unknown`, `behind` with the live
 * and the own checkpoint, or `done`.
 */
export const switchTo = script(String.raw`
local generation = ARGV[1]
if not field(generation, 'once') then return {'unknown'} end
local live = redis.call('HGET', view, 'live')
if ARGV[2] == '1' and live then
  local own, theirs = field(generation, 'checkpoint') or '', field(live, 'checkpoint') or ''
  if isAfter(theirs, own) then return {'behind', theirs, own} end
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
 * `ARGV` generation, checkpoint from, to, then prefix, stamp and body of each version. Returns `unknown`, `conflict`
 * with the actual checkpoint, `second` with the 0-based index of the version that would be a second one, or `done`.
 */
export const commit = script(String.raw`
local generation, from, to = ARGV[1], ARGV[2], ARGV[3]
local once = field(generation, 'once')
if not once then return {'unknown'} end
local actual = field(generation, 'checkpoint') or ''
if actual ~= from then return {'conflict', actual} end
local set, values = index(generation), bodies(generation)

local added = {}
if once == '1' then
  local positions = {}
  for at = 4, #ARGV, 3 do
    local prefix, position = ARGV[at], string.sub(ARGV[at + 1], 9)
    local existing = positions[prefix]
    if not existing then
      local entry = redis.call('ZRANGEBYLEX', set, '[' .. prefix, '(' .. prefix .. '\255', 'LIMIT', 0, 1)[1]
      if entry then
        existing = string.sub(entry, #prefix + 9, #prefix + stamp)
      else
        existing = position
        added[#added + 1] = 0
        added[#added + 1] = prefix .. ARGV[at + 1] .. ARGV[at + 2]
      end
      positions[prefix] = existing
    end
    if existing ~= position then return {'second', (at - 4) / 3} end
  end
end

-- The first write. If Redis refuses writes, for example because it is out of memory, the script fails here.
redis.call('HSET', view, generation .. ':checkpoint', to)
for at = 1, #added, 1000 do redis.call('ZADD', set, unpack(added, at, math.min(at + 999, #added))) end
if once == '1' then return {'done'} end

-- Bodies are collected and written in large calls, which is faster than many small ones.
local number, named = redis.call('HLEN', values), {}
for at = 4, #ARGV, 3 do
  local prefix, given = ARGV[at], ARGV[at + 1]
  upTo(given)
  local page = member(set, prefix)
  if not page then
    -- The version goes before all existing ones: into the first page, or a new one.
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
 * The reading scripts return nothing if the generation does not exist. Otherwise they return its number, its version,
 * its once flag, and index members, which are cut to the records asked for.
 */

/** `ARGV` generation, bounds, prefix. Returns one member or none, then its body unless the member contains it. */
export const getVersion = script(String.raw`
local generation, once, version = resolve(ARGV[1])
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
local generation, once, version = resolve(ARGV[1])
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
 * `ARGV` generation, bounds, start and end of the range, maximum number of versions to return, maximum number of members
 * to examine, ZRANGEBYLEX or ZREVRANGEBYLEX. Returns one version per member, then the start of the next page, which is
 * empty at the end.
 */
export const listVersions = script(String.raw`
local generation, once, version = resolve(ARGV[1])
if not generation then return false end
upTo(ARGV[2])
local set, limit, most = index(generation), tonumber(ARGV[5]), tonumber(ARGV[6])
local pages = redis.call(ARGV[7], set, ARGV[3], ARGV[4], 'LIMIT', 0, most)
local members, at, prefix = {}, 1
while at <= #pages and #members < limit do
  local page = pages[at]
  prefix = string.sub(page, 1, string.find(page, '\0\0', 1, true) + 1)
  local following = at + 1
  while pages[following] and string.sub(pages[following], 1, #prefix) == prefix do following = following + 1 end
  if once then
    if within(page, #prefix) then members[#members + 1] = page end
  else
    -- The last document may have more pages than the members read.
    if following > at + 1 or not pages[following] then page = member(set, prefix) end
    local last = page and #prefix + count(page, #prefix) * width
    if page and last > #prefix then members[#members + 1] = prefix .. string.sub(page, last - width + 1, last) end
  end
  at = following
end
local more = prefix and (at <= #pages or #pages == most)
return {generation, version, once and '1' or '0', members, more and '(' .. prefix .. (ARGV[7] == 'ZRANGEBYLEX' and '\255' or '') or ''}`);
