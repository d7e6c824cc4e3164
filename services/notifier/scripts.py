"""
What changes in Redis in one step, as Lua.

``notifier:told:R`` (hash) says what became of each version of report R: its state under
``V``, its failed tries under ``V:tries``, each channel's mark under ``V:CHANNEL``.
``notifier:pending:R`` holds the versions still to tell, ``notifier:notice:R:V`` what
they say, ``notifier:due`` the reports whose first pending version may be sent, by time.
"""

KEEP_NOTICE = 30 * 24 * 3600
KEEP_TOLD = 400 * 24 * 3600

_KEYS = """
local function told(r) return 'notifier:told:' .. r end
local function pending(r) return 'notifier:pending:' .. r end
local function notice(r, v) return 'notifier:notice:' .. r .. ':' .. v end
local function contact(r) return 'contact:' .. r end
local function sending(i) return 'notifier:sending:' .. i end
local due = 'notifier:due'
local function drop(r, v, state)
  redis.call('HSET', told(r), v, state)
  redis.call('HDEL', told(r), v .. ':tries')
  redis.call('DEL', notice(r, v))
  redis.call('ZREM', pending(r), v)
end
"""

ENQUEUE = f"""{_KEYS}
local r, now, fresh, created = ARGV[1], ARGV[2], ARGV[4], 0
local seen = tonumber(redis.call('HGET', told(r), 'seen') or '0')
if tonumber(ARGV[3]) > seen then redis.call('HSET', told(r), 'seen', ARGV[3]) end
redis.call('EXPIRE', told(r), {KEEP_TOLD})
for at = 5, #ARGV, 2 do
  local v, body = ARGV[at], ARGV[at + 1]
  local new = tonumber(v) > seen or v == fresh
  if new and redis.call('HSETNX', told(r), v, 'created') == 1 then
    redis.call('SET', notice(r, v), body, 'EX', {KEEP_NOTICE})
    redis.call('ZADD', pending(r), v, v)
    redis.call('EXPIRE', pending(r), {KEEP_NOTICE})
    created = created + 1
  end
end
if created > 0 and redis.call('EXISTS', contact(r)) == 1 then
  redis.call('ZADD', due, 'NX', now, r)
end
return created
"""
"""
report, now, its newest version, a version that is told although a newer one was seen
(it may come late), then version and notice in turns: creates what is new.
"""

HUSH = f"""{_KEYS}
local r = ARGV[1]
for _, v in ipairs(redis.call('ZRANGE', pending(r), 0, -1)) do
  if v == '1' then
    redis.call('SET', notice(r, v), ARGV[2], 'KEEPTTL')
  else
    drop(r, v, 'cancelled')
  end
end
return 0
"""
"""report, receipt: of what is pending only a neutral receipt stays."""

REMEMBER = f"""{_KEYS}
local r = ARGV[1]
redis.call('SET', contact(r), ARGV[2])
if redis.call('EXISTS', pending(r)) == 0 then return 0 end
return redis.call('ZADD', due, 'NX', ARGV[3], r)
"""
"""report, sealed contact, now: what waited for the contact becomes due."""

FORGET = f"""{_KEYS}
local r = ARGV[1]
redis.call('DEL', contact(r))
for _, v in ipairs(redis.call('ZRANGE', pending(r), 0, -1)) do
  drop(r, v, 'cancelled')
end
return redis.call('ZREM', due, r)
"""
"""report: its contact and what is pending are gone."""

CLAIM = f"""{_KEYS}
if redis.call('EXISTS', 'notifier:complete') == 0 then return {{}} end
for _ = 1, 100 do
  local first = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')
  if #first == 0 then return {{}} end
  if tonumber(first[2]) > tonumber(ARGV[1]) then return {{first[2]}} end
  local r = first[1]
  local v = redis.call('ZRANGE', pending(r), 0, 0)[1]
  local sealed = redis.call('GET', contact(r))
  local body = v and redis.call('GET', notice(r, v))
  if v and sealed and body then
    redis.call('HSET', told(r), v, 'sending')
    redis.call('ZADD', due, ARGV[2], r)
    redis.call('SADD', sending(ARGV[3]), r)
    return {{r, v, body, sealed, redis.call('HGETALL', told(r))}}
  elseif v and sealed then
    drop(r, v, 'expired')
  else
    redis.call('ZREM', due, r)
  end
end
return {{ARGV[1]}}
"""
"""
now, end of the lease, instance: the first notice that is due, in hand until the lease
ends; or only the time at which the next one is due; or nothing.
"""

POSTPONE = f"""{_KEYS}
local r, v = ARGV[1], ARGV[2]
redis.call('SREM', sending(ARGV[3]), r)
if not redis.call('ZSCORE', pending(r), v) then return 0 end
redis.call('HSET', told(r), v, ARGV[5])
redis.call('HINCRBY', told(r), v .. ':tries', ARGV[6])
return redis.call('ZADD', due, ARGV[4], r)
"""
"""report, version, instance, when, state, tries to count: out of hand, due later."""

FINISH = f"""{_KEYS}
local r, v = ARGV[1], ARGV[2]
for at = 6, #ARGV, 2 do
  redis.call('HSET', told(r), v .. ':' .. ARGV[at], ARGV[at + 1])
end
drop(r, v, ARGV[5])
redis.call('SREM', sending(ARGV[3]), r)
if redis.call('EXISTS', pending(r)) == 1 then
  redis.call('ZADD', due, ARGV[4], r)
else
  redis.call('ZREM', due, r)
end
return 0
"""
"""report, version, instance, now, state, then channel and mark in turns: it is over."""

RECOVER = f"""{_KEYS}
local found = redis.call('SMEMBERS', sending(ARGV[1]))
for _, r in ipairs(found) do redis.call('ZADD', due, 'XX', ARGV[2], r) end
redis.call('DEL', sending(ARGV[1]))
return #found
"""
"""instance, now: what a process of this name had in hand when it ended is due."""
