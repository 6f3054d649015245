-- Reserves room for a call, unless a limit is reached. By Redis' own clock. A call that has a reservation keeps it.
-- KEYS[1] zset    admitted:inbound: CallSids by the time at which their reservations lapse, Unix milliseconds
-- KEYS[2] zset    admitted:outbound: the same
-- KEYS[3] zset    admitted:model:{provider}:{model}: the same, both directions
-- KEYS[4] zset    caller-calls:{caller}: the same, of one caller
-- KEYS[5] zset    caller-hour:{caller}: CallSids of one caller by the time at which they were admitted
-- KEYS[6] hash    call-rate: level (new calls that may come now), at (Unix milliseconds)
-- ARGV[1] string  CallSid
-- ARGV[2] string  inbound or outbound
-- ARGV[3] integer milliseconds that the reservation lives
-- ARGV[4] integer calls at most
-- ARGV[5] integer outbound calls at most
-- ARGV[6] integer calls of the model at most; negative: no limit, as in all that follow
-- ARGV[7] integer calls of one caller at a time
-- ARGV[8] integer calls of one caller in an hour
-- ARGV[9] integer new calls per second, and as many at once
-- Returns 'admitted', or the limit that is reached: caller-concurrency, caller-rate, no-bridge, inbound-share, no-budget,
-- call-rate. Only what is admitted is counted.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local own = ARGV[2] == 'outbound' and KEYS[2] or KEYS[1]
for i = 1, 4 do
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now)
end
if redis.call('ZSCORE', own, ARGV[1]) then
  return 'admitted'
end
redis.call('ZREMRANGEBYSCORE', KEYS[5], '-inf', now - 3600000)
local function reached(limit, count)
  return tonumber(limit) >= 0 and count >= tonumber(limit)
end
if reached(ARGV[7], redis.call('ZCARD', KEYS[4])) then
  return 'caller-concurrency'
end
if reached(ARGV[8], redis.call('ZCARD', KEYS[5])) then
  return 'caller-rate'
end
local outbound = redis.call('ZCARD', KEYS[2])
if reached(ARGV[4], redis.call('ZCARD', KEYS[1]) + outbound) then
  return 'no-bridge'
end
if ARGV[2] == 'outbound' and reached(ARGV[5], outbound) then
  return 'inbound-share'
end
if reached(ARGV[6], redis.call('ZCARD', KEYS[3])) then
  return 'no-budget'
end
local rate = tonumber(ARGV[9])
if rate >= 0 then
  local level = tonumber(redis.call('HGET', KEYS[6], 'level') or rate)
  local at = tonumber(redis.call('HGET', KEYS[6], 'at') or now)
  level = math.min(rate, level + math.max(0, now - at) * rate / 1000)
  if level < 1 then
    return 'call-rate'
  end
  redis.call('HSET', KEYS[6], 'level', tostring(level - 1), 'at', string.format('%.0f', now))
  redis.call('EXPIRE', KEYS[6], 60)
end
local life = tonumber(ARGV[3])
for _, key in ipairs({own, KEYS[3], KEYS[4]}) do
  redis.call('ZADD', key, string.format('%.0f', now + life), ARGV[1])
  local left = redis.call('PTTL', key)
  if left < life then
    redis.call('PEXPIRE', key, life)
  end
end
redis.call('ZADD', KEYS[5], string.format('%.0f', now), ARGV[1])
redis.call('PEXPIRE', KEYS[5], 3600000)
return 'admitted'
