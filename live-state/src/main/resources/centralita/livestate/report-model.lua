-- Adds what one bridge has seen of a provider of models, and tells whether that provider may be asked.
-- KEYS[1] hash    model-breaker:{provider}
-- ARGV[1] integer answers since the bridge's last report
-- ARGV[2] integer failures since then
-- ARGV[3] integer 1 when it is certain that the provider will not answer (its account is closed or empty)
-- ARGV[4] integer outcomes within 10 s below which nothing is concluded
-- ARGV[5] integer failures of a hundred from which on the provider is left alone
-- ARGV[6] integer milliseconds that it is left alone
-- ARGV[7] integer answers in a row that close it again
-- ARGV[8] integer seconds that the key lives
-- Returns {phase, milliseconds that it stays open, answers in a row}. The clock is this server's: bridges need not agree.
local WINDOW = 10
local time = redis.call('TIME')
local second = tonumber(time[1])
local now = second * 1000 + math.floor(tonumber(time[2]) / 1000)
local good, bad = tonumber(ARGV[1]), tonumber(ARGV[2])
local phase = redis.call('HGET', KEYS[1], 'phase') or 'closed'
local untilMs = tonumber(redis.call('HGET', KEYS[1], 'until') or '0')
local probes = tonumber(redis.call('HGET', KEYS[1], 'probes') or '0')

if phase == 'open' and now >= untilMs then
  phase, probes = 'half-open', 0
end

local opens = ARGV[3] == '1'
if phase == 'closed' and not opens then
  if good + bad > 0 then
    redis.call('HINCRBY', KEYS[1], 'good:' .. second, good)
    redis.call('HINCRBY', KEYS[1], 'bad:' .. second, bad)
  end
  local allGood, allBad = 0, 0
  local fields = redis.call('HGETALL', KEYS[1])
  for i = 1, #fields, 2 do
    local kind, at = string.match(fields[i], '^(%a+):(%d+)$')
    if kind then
      if tonumber(at) <= second - WINDOW then
        redis.call('HDEL', KEYS[1], fields[i])
      elseif kind == 'good' then
        allGood = allGood + tonumber(fields[i + 1])
      else
        allBad = allBad + tonumber(fields[i + 1])
      end
    end
  end
  local total = allGood + allBad
  opens = total >= tonumber(ARGV[4]) and allBad * 100 >= tonumber(ARGV[5]) * total
elseif phase == 'half-open' and not opens then
  opens = bad > 0
  probes = probes + good
  if not opens and probes >= tonumber(ARGV[7]) then
    phase = 'closed'
  end
end

if opens then
  redis.call('DEL', KEYS[1])
  phase, untilMs, probes = 'open', now + tonumber(ARGV[6]), 0
elseif phase == 'closed' then
  untilMs, probes = 0, 0
end
redis.call('HSET', KEYS[1], 'phase', phase, 'until', string.format('%.0f', untilMs), 'probes', probes)
redis.call('EXPIRE', KEYS[1], ARGV[8])
return {phase, math.max(0, untilMs - now), probes}
