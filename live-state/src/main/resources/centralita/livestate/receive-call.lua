-- Creates a call, or tells which call already has this provider's id: a repeated webhook is the same call.
-- KEYS[1] string  call-sid:{CallSid}
-- KEYS[2] hash    call:{callId} of the new call
-- ARGV[1] string  callId of the new call
-- ARGV[2] integer seconds that the call's key lives
-- ARGV[3] integer seconds that the provider's id is remembered: a replay of the webhook must not begin a call anew
-- ARGV[4...] field, value, field, value ... of the new call (epoch among them)
-- Returns the callId that the provider's id stands for: ARGV[1] when it was created now.
local known = redis.call('GET', KEYS[1])
if known then
  return known
end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[3])
redis.call('HSET', KEYS[2], unpack(ARGV, 4))
redis.call('EXPIRE', KEYS[2], ARGV[2])
return ARGV[1]
