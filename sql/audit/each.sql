-- Returns the whole chain from its beginning.
SELECT sequence, at, actor, acting_as, action, subject, before, after, hash FROM audit ORDER BY sequence
