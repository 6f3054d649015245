-- Gives a call a new owner under a higher epoch.
-- KEYS[1] hash    call:{callId}
-- ARGV[1] string  bridgeId of the new owner
-- ARGV[2] integer the highest epoch that the asker knows
-- ARGV[3] integer wall clock, Unix milliseconds: a Redis that lost its last second cannot hand out an old epoch
-- ARGV[4] integer seconds that the key lives
-- Returns the new epoch as a string (beyond 2^53 a Lua number would round), or false when the call is unknown.
if redis.call('EXISTS', KEYS[1]) == 0 then
  return false
end
local known = tonumber(redis.call('HGET', KEYS[1], 'epoch') or '0')
local epoch = math.max(known + 1, tonumber(ARGV[2]) + 1, tonumber(ARGV[3]))
local text = string.format('%.0f', epoch)
redis.call('HSET', KEYS[1], 'bridgeId', ARGV[1], 'epoch', text)
redis.call('EXPIRE', KEYS[1], ARGV[4])
return text
