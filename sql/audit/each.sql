-- Returns the whole chain from its beginning.
SELECT sequence, at, actor, acting_as, action, subject, before, after, salt, digest, erased, hash FROM audit ORDER BY sequence
