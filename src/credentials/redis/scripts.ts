import { createHash } from 'node:crypto';
import type { Script } from '../../versioned-store/redis/scripts.js';

/**
 * Lua scripts, which Redis runs atomically. All keys of an installation's sessions have one hash tag, so a script may use
 * any of them also in a cluster.
 * - `{prefix}:session:{hash}`: a hash with `body` (JSON of what never changes), `usedAt`, `secondFactor` and `rights`.
 *   Redis removes it at its latest end. Under the hash before, for as long as that one holds: `next`, the present hash;
 * - `{prefix}:person:{person}`: a hash from session id to the hash of its secret. An id whose session is gone is removed
 *   when the person's next session is added.
 */
function script(body: string): Script {
  const lua = `local prefix = KEYS[1]
local function session(hash) return prefix .. ':session:' .. hash end
local function person(id) return prefix .. ':person:' .. id end
local function current(hash) return redis.call('HGET', session(hash), 'next') or hash end
local function isThere(hash) return redis.call('HEXISTS', session(hash), 'body') == 1 end
${body}`;
  return { lua, sha: createHash('sha1').update(lua).digest('hex') };
}

/** `ARGV` hash, id, person, body, usedAt, secondFactor, rights, end in milliseconds since 1970. */
export const addSession = script(`
local key, index = session(ARGV[1]), person(ARGV[3])
local known = redis.call('HGETALL', index)
for at = 1, #known, 2 do
  if redis.call('EXISTS', session(known[at + 1])) == 0 then redis.call('HDEL', index, known[at]) end
end
redis.call('HSET', key, 'id', ARGV[2], 'person', ARGV[3], 'body', ARGV[4], 'usedAt', ARGV[5], 'secondFactor', ARGV[6])
redis.call('HSET', key, 'rights', ARGV[7])
redis.call('PEXPIREAT', key, ARGV[8])
redis.call('HSET', index, ARGV[2], ARGV[1])`);

/** `ARGV` hash. Returns body, usedAt, secondFactor and rights, or nothing. */
export const findSession = script(`
local found = redis.call('HMGET', session(current(ARGV[1])), 'body', 'usedAt', 'secondFactor', 'rights')
return found[1] and found or {}`);

/** `ARGV` hash, usedAt. */
export const touchSession = script(`
local hash = current(ARGV[1])
if isThere(hash) then redis.call('HSET', session(hash), 'usedAt', ARGV[2]) end`);

/** `ARGV` hash, new hash, rights, end of the hash in milliseconds since 1970. Returns 1, or 0 where there is none. */
export const renewSession = script(`
local key, renamed = session(ARGV[1]), session(ARGV[2])
if not isThere(ARGV[1]) then return 0 end
redis.call('RENAME', key, renamed)
redis.call('HSET', renamed, 'rights', ARGV[3])
local names = redis.call('HMGET', renamed, 'id', 'person')
redis.call('HSET', person(names[2]), names[1], ARGV[2])
redis.call('HSET', key, 'next', ARGV[2])
redis.call('PEXPIREAT', key, ARGV[4])
return 1`);

/** `ARGV` hash, new hash, secondFactor. Returns 1, or 0 where the session is gone. */
export const rotateSession = script(`
local hash, renamed = current(ARGV[1]), session(ARGV[2])
if not isThere(hash) then return 0 end
redis.call('RENAME', session(hash), renamed)
redis.call('HSET', renamed, 'secondFactor', ARGV[3])
local names = redis.call('HMGET', renamed, 'id', 'person')
redis.call('HSET', person(names[2]), names[1], ARGV[2])
return 1`);

/** `ARGV` person. Returns body, usedAt, secondFactor and rights of each session. */
export const sessionsOf = script(`
local found = {}
for _, hash in ipairs(redis.call('HVALS', person(ARGV[1]))) do
  local each = redis.call('HMGET', session(hash), 'body', 'usedAt', 'secondFactor', 'rights')
  if each[1] then found[#found + 1] = each end
end
return found`);

/** `ARGV` person, id. Returns 1, or 0 where there is none. */
export const endSession = script(`
local hash = redis.call('HGET', person(ARGV[1]), ARGV[2])
if not hash then return 0 end
redis.call('HDEL', person(ARGV[1]), ARGV[2])
return redis.call('DEL', session(hash))`);

/** `ARGV` person, the id of a session that stays or an empty text. */
export const endSessions = script(`
local index = person(ARGV[1])
local known = redis.call('HGETALL', index)
for at = 1, #known, 2 do
  if known[at] ~= ARGV[2] then
    redis.call('DEL', session(known[at + 1]))
    redis.call('HDEL', index, known[at])
  end
end`);
