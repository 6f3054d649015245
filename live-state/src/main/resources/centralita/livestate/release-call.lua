-- Gives a call's reservations back.
-- KEYS[1...] zset of admit-call in which the call may be
-- ARGV[1] string  CallSid
-- Returns the number of reservations that it had.
local had = 0
for _, key in ipairs(KEYS) do
  had = had + redis.call('ZREM', key, ARGV[1])
end
return had
