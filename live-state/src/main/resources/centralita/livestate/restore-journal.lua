-- Writes all that a bridge knows of a call's journal, when Redis may have lost some of it.
-- KEYS[1] list    journal:{callId}
-- KEYS[2] hash    call:{callId}
-- ARGV[1] integer the writer's epoch
-- ARGV[2] integer seconds that the journal lives
-- ARGV[3] integer entries kept at most, beside the one that may stand first; the oldest go first
-- ARGV[4...] all entries, JSON texts, oldest first
-- A journal with fewer entries than the writer knows has lost some, and what was written since stands before them: it is
-- written anew, in order. One that has lost nothing has as many or more, and is appended to; its reader takes each entry
-- once.
-- Returns the number of entries, or 0 when the epoch is stale: the writer has lost the call.
local known = redis.call('HGET', KEYS[2], 'epoch')
if known and tonumber(known) > tonumber(ARGV[1]) then
  return 0
end
if redis.call('LLEN', KEYS[1]) < #ARGV - 3 then
  redis.call('DEL', KEYS[1])
end
redis.call('RPUSH', KEYS[1], unpack(ARGV, 4))
redis.call('LTRIM', KEYS[1], -tonumber(ARGV[3]) - 1, -1)
redis.call('EXPIRE', KEYS[1], ARGV[2])
return redis.call('LLEN', KEYS[1])
