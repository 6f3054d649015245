-- Sets fields of a call.
-- KEYS[1] hash    call:{callId}
-- ARGV[1] integer the writer's epoch
-- ARGV[2] integer seconds that the key lives
-- ARGV[3...] field, value, field, value ...
-- Returns 1 when set, 0 when the epoch is stale, -1 when the call is unknown.
local known = redis.call('HGET', KEYS[1], 'epoch')
if not known then
  return -1
end
if tonumber(known) > tonumber(ARGV[1]) then
  return 0
end
redis.call('HSET', KEYS[1], unpack(ARGV, 3))
redis.call('EXPIRE', KEYS[1], ARGV[2])
return 1
