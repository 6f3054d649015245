-- Writes a call's reservation, when Redis has forgotten it or never heard of it. No limit is asked: the call lives. By
-- Redis' own clock.
-- KEYS[1] zset    admitted:inbound or admitted:outbound, as the call is
-- KEYS[2] zset    admitted:model:{provider}:{model}
-- KEYS[3] zset    caller-calls:{caller}
-- KEYS[4] zset    caller-hour:{caller}
-- ARGV[1] string  CallSid
-- ARGV[2] integer milliseconds that the reservation has left to live; more than 0
-- ARGV[3] integer milliseconds since the call was admitted
-- What a reservation has left of its life is as admit-call gave it. Returns the number of reservations that were missing.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local left = tonumber(ARGV[2])
local missing = 0
for i = 1, 3 do
  missing = missing + redis.call('ZADD', KEYS[i], 'NX', string.format('%.0f', now + left), ARGV[1])
  if redis.call('PTTL', KEYS[i]) < left then
    redis.call('PEXPIRE', KEYS[i], left)
  end
end
local hour = 3600000 - tonumber(ARGV[3])
if hour > 0 then
  missing = missing + redis.call('ZADD', KEYS[4], 'NX', string.format('%.0f', now - tonumber(ARGV[3])), ARGV[1])
  if redis.call('PTTL', KEYS[4]) < hour then
    redis.call('PEXPIRE', KEYS[4], hour)
  end
end
return missing
