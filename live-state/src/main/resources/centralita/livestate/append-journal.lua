-- Appends to a call's journal.
-- KEYS[1] list    journal:{callId}
-- KEYS[2] hash    call:{callId}
-- ARGV[1] integer the writer's epoch
-- ARGV[2] integer seconds that the journal lives
-- ARGV[3] integer entries kept at most; the oldest go first
-- ARGV[4...] entries, JSON texts, oldest first
-- What the assistant is saying is written again and again while it is heard (kind "speaking"): the next entry of the same
-- item takes the place of such a one that stands last, so that a long answer does not push out what was said before.
-- What the call has used (kind "used") stands first, once, above the number kept: it neither pushes out nor is pushed out.
-- Returns the number of entries, or 0 when the epoch is stale: the writer has lost the call.
local known = redis.call('HGET', KEYS[2], 'epoch')
if known and tonumber(known) > tonumber(ARGV[1]) then
  return 0
end
local used = redis.call('LINDEX', KEYS[1], 0)
if used and string.match(used, '^{"kind":"used"') then
  redis.call('LPOP', KEYS[1])
else
  used = nil
end
local last = redis.call('LINDEX', KEYS[1], -1)
for i = 4, #ARGV do
  if string.match(ARGV[i], '^{"kind":"used"') then
    used = ARGV[i]
  else
    local speaking = last and string.match(last, '^{"kind":"speaking","itemId":("[^"]*")')
    if speaking and string.match(ARGV[i], '^{"kind":"%a+","itemId":("[^"]*")') == speaking then
      redis.call('LSET', KEYS[1], -1, ARGV[i])
    else
      redis.call('RPUSH', KEYS[1], ARGV[i])
    end
    last = ARGV[i]
  end
end
redis.call('LTRIM', KEYS[1], -tonumber(ARGV[3]), -1)
if used then
  redis.call('LPUSH', KEYS[1], used)
end
redis.call('EXPIRE', KEYS[1], ARGV[2])
return redis.call('LLEN', KEYS[1])
