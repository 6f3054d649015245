-- Writes a call that a gateway holds, when Redis has forgotten it, never heard of it or knows less of it.
-- KEYS[1] string  call-sid:{CallSid}
-- KEYS[2] hash    call:{callId}
-- ARGV[1] string  callId
-- ARGV[2] integer seconds that the call's key lives
-- ARGV[3] integer seconds that the provider's id is remembered
-- ARGV[4] integer the writer's epoch
-- ARGV[5] integer media streams that the call has had, as the writer knows
-- ARGV[6] integer how many of the following arguments are what changes while a call lives
-- ARGV[7...] field, value, field, value ... of the call: what changes first, then the rest
-- A call that Redis knows keeps its first webhook's word, and its owner unless the writer's epoch is higher; one that is to
-- end, or that another gateway has had since, is left as it is. So is the provider's id when it stands for another call.
-- Returns 1 when something was written, 0 when Redis knows as much or more.
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[3], 'NX')
local known = redis.call('HMGET', KEYS[2], 'epoch', 'streams', 'endReason')
if not known[1] then
  redis.call('HSET', KEYS[2], unpack(ARGV, 7))
  redis.call('EXPIRE', KEYS[2], ARGV[2])
  return 1
end
local epochs = tonumber(ARGV[4]) - tonumber(known[1])
local streams = tonumber(ARGV[5]) - tonumber(known[2] or '0')
if known[3] or epochs < 0 or streams < 0 or epochs + streams == 0 then
  return 0
end
redis.call('HSET', KEYS[2], unpack(ARGV, 7, 6 + tonumber(ARGV[6])))
redis.call('EXPIRE', KEYS[2], ARGV[2])
return 1
