-- Marks a call as ending.
-- KEYS[1] hash    call:{callId}
-- ARGV[1] string  why (EndReason)
-- Returns the reason that stands: the first that was given, or false when the call is unknown.
if redis.call('EXISTS', KEYS[1]) == 0 then
  return false
end
if redis.call('HSETNX', KEYS[1], 'endReason', ARGV[1]) == 1 then
  redis.call('HSET', KEYS[1], 'phase', 'ending')
  return ARGV[1]
end
return redis.call('HGET', KEYS[1], 'endReason')
