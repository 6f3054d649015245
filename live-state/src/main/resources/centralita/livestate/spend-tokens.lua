-- Takes what a bridge has used from the budget of a model, and keeps what a call uses on the average. By Redis' own clock.
-- KEYS[1] hash    model-budget:{provider}:{model}
--                 limit (tokens per minute), level (tokens left), at (Unix milliseconds of both),
--                 spent, callMs (tokens and time of calls, both fading), averageAt (Unix milliseconds of both)
-- KEYS[2] string  tokens-of-day:{provider}:{model}:{day}
-- ARGV[1] integer tokens used since the last time
-- ARGV[2] integer milliseconds of calls since the last time, all calls of this bridge together
-- ARGV[3] integer limit by the provider's word, or by the operator's; 0 when nobody said one
-- ARGV[4] integer tokens left by the provider's word, which includes what was used; -1 when it said nothing new
-- ARGV[5] integer milliseconds in which the averages fade to a third
-- ARGV[6] integer seconds that the budget lives
-- ARGV[7] integer seconds that the day's sum lives
-- Returns the tokens that are left; -1 when there is no limit.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local function field(name, otherwise)
  return tonumber(redis.call('HGET', KEYS[1], name) or otherwise)
end
local used = tonumber(ARGV[1])
local fading = math.exp(-math.max(0, now - field('averageAt', now)) / tonumber(ARGV[5]))
local limit = tonumber(ARGV[3])
if limit == 0 then
  limit = field('limit', 0)
end
local left = -1
if limit > 0 then
  if tonumber(ARGV[4]) >= 0 then
    left = tonumber(ARGV[4])
  else
    left = field('level', limit) + math.max(0, now - field('at', now)) * limit / 60000 - used
  end
  left = math.max(0, math.min(limit, left))
  redis.call('HSET', KEYS[1], 'limit', string.format('%.0f', limit), 'level', string.format('%.0f', left))
end
local clock = string.format('%.0f', now)
redis.call('HSET', KEYS[1], 'at', clock, 'averageAt', clock,
  'spent', string.format('%.3f', field('spent', 0) * fading + used),
  'callMs', string.format('%.3f', field('callMs', 0) * fading + tonumber(ARGV[2])))
redis.call('EXPIRE', KEYS[1], ARGV[6])
if used > 0 then
  redis.call('INCRBY', KEYS[2], ARGV[1])
  redis.call('EXPIRE', KEYS[2], ARGV[7])
end
return string.format('%.0f', left)
